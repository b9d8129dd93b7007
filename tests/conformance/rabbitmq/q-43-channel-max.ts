import { defineConformance } from '../define';
import { rejectionOf, watch } from './steps';

export default defineConformance({
  id: 'Q-43',
  title: 'There are only so many channels on a connection.',
  broker: 'rabbitmq',
  cluster: { config: { channel_max: 3 } },
  compare: 'D',
  async run({ amqp, observe }) {
    const connection = await amqp.connect();
    const happened = watch(connection);
    for (let count = 1; count <= 4; count++)
      observe('opened', await rejectionOf(connection.createChannel().then((channel) => watch(channel))));
    observe('connection', happened);
  },
});
