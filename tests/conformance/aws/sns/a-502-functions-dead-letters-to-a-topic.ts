import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, envelopeOf, takeAll } from '../topics';

export default defineConformance({
  id: 'A-502',
  title:
    'What a function could not do, called by a topic without retries, goes to its dead-letter topic, and why as attributes.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { aws, name, observe } = tools;
    const deadLetters = await createTopic(tools, {}, 'dead-letters');
    const queue = await createQueue(tools);
    await subscribe(deadLetters, queue);
    const topic = await createTopic(tools);
    const FunctionName = name('worker');
    const Endpoint = await aws.createFunction({
      name: FunctionName,
      handler: () => {
        throw new Error('Test exception (this is intentional)');
      },
    });
    const { LambdaClient, UpdateFunctionConfigurationCommand, PutFunctionEventInvokeConfigCommand } =
      aws.lambda;
    const lambda = new LambdaClient();
    const DeadLetterConfig = { TargetArn: deadLetters.arn };
    const { DeadLetterConfig: kept } = await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, DeadLetterConfig }),
    );
    observe('config', kept);
    await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }));
    const { SubscribeCommand } = topic.sns;
    await topic.client.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: 'lambda', Endpoint }));
    await topic.publish('{"raise_error": 1}');
    const [message] = await takeAll(queue, 1, 20);
    const envelope = envelopeOf(message) as {
      MessageAttributes: Record<string, { Type: string; Value: string }>;
    };
    const { ErrorCode, ErrorMessage, RequestID } = envelope.MessageAttributes;
    observe('attributes', { ErrorCode, ErrorMessage, RequestID: RequestID.Type });
  },
});
