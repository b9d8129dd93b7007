import { defineConformance } from '../define';
import { bodyOf, endOf, open, openConfirming, publish, refusalOf } from './steps';

export default defineConformance({
  id: 'R-59',
  title: 'Direct reply-to: an answer that needs no queue, if the client takes it without acks.',
  broker: 'rabbitmq',
  compare: 'D',
  async run(tools) {
    const { name, observe, until } = tools;
    const { channel } = await openConfirming(tools, 'server');
    const requests = name('requests');
    await channel.assertQueue(requests);
    await channel.consume(
      requests,
      (message) => {
        const { replyTo, correlationId } = message!.properties as { replyTo: string; correlationId: string };
        observe('replyTo begins', replyTo.split('.').slice(0, 3).join('.'));
        channel.publish('', replyTo, Buffer.from(`answer to ${bodyOf(message!)}`), { correlationId });
      },
      { noAck: true },
    );
    const client = await open(tools);
    const answers: unknown[] = [];
    const pseudo = 'amq.rabbitmq.reply-to';
    await client.channel.consume(
      pseudo,
      (message) =>
        answers.push([
          bodyOf(message!),
          message!.properties.correlationId as unknown,
          message!.fields.exchange,
          message!.fields.redelivered,
        ]),
      { noAck: true },
    );
    client.channel.sendToQueue(requests, Buffer.from('request'), { replyTo: pseudo, correlationId: '1' });
    await until(() => answers.length === 1);
    observe('answers', answers);
    observe('with acks', await refusalOf(tools, (own) => own.consume(pseudo, () => undefined)));
    const nobody = await openConfirming(tools);
    observe('nobody takes it', await publish(nobody.channel, '', requests, 'm', { replyTo: pseudo }));
    observe('nobody takes it', await endOf(tools, nobody.happened));
  },
});
