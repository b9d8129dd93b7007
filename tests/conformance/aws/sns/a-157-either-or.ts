import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'A-157',
  title: '$or lets a message pass by one key or another, at the top and within an object.',
  broker: 'aws',
  compare: 'M',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const policy = {
      $or: [{ metricName: ['CPUUtilization', 'ReadLatency'] }, { namespace: ['AWS/EC2', 'AWS/ES'] }],
      detail: {
        scope: ['Service'],
        $or: [{ source: ['aws.cloudwatch'] }, { type: ['CloudWatch Alarm State Change'] }],
      },
    };
    await subscribe(topic, queue, {
      ...{
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: JSON.stringify(policy),
        RawMessageDelivery: 'true',
      },
    });
    const [scope, source, type] = ['Service', 'aws.cloudwatch', 'CloudWatch Alarm State Change'];
    for (const message of [
      { metricName: 'CPUUtilization', detail: { scope: 'aws.cloudwatch', type } },
      { metricName: 'CPUUtilization', detail: { scope, type: 'CPUUtilization' } },
      { metricName: 'CPUUtilization', detail: { type } },
      { metricName: 'CPUUtilization', detail: { scope } },
      { metricName: 'CPUUtilization', scope },
      { metricName: 'AWS/EC2', detail: { scope, type } },
      { namespace: 'CPUUtilization', detail: { scope, type } },
      { metricName: 'CPUUtilization', detail: { scope, source } },
      { metricName: 'ReadLatency', detail: { scope, source } },
      { namespace: 'AWS/EC2', detail: { scope, source } },
      { namespace: 'AWS/ES', detail: { scope, source } },
      { metricName: 'CPUUtilization', detail: { scope, type } },
    ])
      await topic.publish(JSON.stringify(message));
    observe(
      'received',
      (await takeAll(queue, 12)).map(({ Body }) => JSON.parse(Body!) as unknown),
    );
  },
});
