// Plays scenarios.json with kafkajs on a real broker and prints what was observed:
//   node tests/conformance/kafka/record.mjs 127.0.0.1:9092 "Apache Kafka 4.3.1" [ID…] > tests/conformance/kafka/recorded.json
// The broker runs alone, with group.initial.rebalance.delay.ms=0. Topics and groups get fresh names.
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';

const [address, broker, ...only] = process.argv.slice(2);
const scenarios = JSON.parse(readFileSync(new URL('./scenarios.json', import.meta.url), 'utf8'));
const kafka = new Kafka({ clientId: 'conformance', brokers: [address], logLevel: logLevel.NOTHING });
const admin = kafka.admin();
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

await admin.connect();
const observed = {};
for (const [id, scenario] of Object.entries(scenarios)) {
  if (only.length === 0 || only.includes(id)) observed[id] = await play(id, scenario);
  console.error(id, JSON.stringify(observed[id]));
}
await admin.disconnect();
console.log(JSON.stringify({ broker, client: 'kafkajs 2.2.4', observed }, null, 2));

async function play(id, { topics, steps }) {
  const unique = `${id}-${Date.now()}`;
  const real = (name) => `${unique}-${name}`;
  const producer = kafka.producer();
  await producer.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: Object.entries(topics).map(([name, numPartitions]) => ({
      topic: real(name),
      numPartitions,
      replicationFactor: 1,
    })),
  });
  const members = new Map();
  const seen = [];
  for (const step of steps) seen.push(await perform(step));
  for (const member of members.values()) await member.consumer.disconnect();
  await producer.disconnect();
  return seen.filter((entry) => entry !== null);

  async function perform(step) {
    switch (step.do) {
      case 'send': {
        const messages = step.messages.map((message) => ({ value: 'v', ...message }));
        const batches = step.each ? messages.map((message) => [message]) : [messages];
        const results = [];
        for (const batch of batches) {
          const answer = await producer.send({
            topic: real(step.topic),
            messages: batch,
            acks: step.acks ?? -1,
          });
          results.push(
            answer
              .map(({ partition, errorCode, baseOffset }) => ({
                partition,
                errorCode,
                baseOffset: Number(baseOffset),
              }))
              .sort((a, b) => a.partition - b.partition),
          );
        }
        return { sent: results };
      }
      case 'consume': {
        const consumer = kafka.consumer({
          groupId: real(step.group),
          sessionTimeout: 10_000,
          maxWaitTimeInMs: 500,
        });
        const member = { consumer, taken: [], told: 0, assignment: null, failures: step.failAt?.times ?? 0 };
        members.set(step.member, member);
        consumer.on(
          consumer.events.GROUP_JOIN,
          ({ payload }) => (member.assignment = payload.memberAssignment),
        );
        await consumer.connect();
        await consumer.subscribe({ topic: real(step.topic), fromBeginning: step.fromBeginning });
        await consumer.run({
          autoCommit: step.autoCommit ?? true,
          eachMessage: async ({ partition, message }) => {
            member.taken.push([partition, Number(message.offset)]);
            if (step.failAt?.offset === Number(message.offset) && member.failures-- > 0)
              throw new Error('asked to fail');
          },
        });
        return waitFor(member, step);
      }
      case 'await':
        return waitFor(members.get(step.member), step);
      case 'seek':
        members
          .get(step.member)
          .consumer.seek({ topic: real(step.topic), partition: step.partition, offset: String(step.offset) });
        return null;
      case 'pause':
        members.get(step.member).consumer.pause([{ topic: real(step.topic) }]);
        return null;
      case 'resume':
        members.get(step.member).consumer.resume([{ topic: real(step.topic) }]);
        return null;
      case 'stop':
        await members.get(step.member).consumer.disconnect();
        members.delete(step.member);
        return null;
      case 'wait':
        await pause(step.ms);
        return null;
      case 'setOffset':
        await admin.setOffsets({
          groupId: real(step.group),
          topic: real(step.topic),
          partitions: [{ partition: step.partition, offset: String(step.offset) }],
        });
        return null;
      case 'deleteRecords':
        await admin.deleteTopicRecords({
          topic: real(step.topic),
          partitions: [{ partition: step.partition, offset: String(step.offset) }],
        });
        return null;
      case 'committed': {
        const [{ partitions }] = await admin.fetchOffsets({
          groupId: real(step.group),
          topics: [real(step.topic)],
        });
        return {
          committed: partitions.sort((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset)),
        };
      }
      case 'ends': {
        const ends = await admin.fetchTopicOffsets(real(step.topic));
        return {
          ends: ends
            .sort((a, b) => a.partition - b.partition)
            .map(({ low, high }) => [Number(low), Number(high)]),
        };
      }
      case 'assignments': {
        const lists = step.members.map((name) =>
          Object.values(members.get(name).assignment ?? {})
            .flat()
            .sort((a, b) => a - b),
        );
        return { assignments: lists.sort((a, b) => (a[0] ?? 99) - (b[0] ?? 99)) };
      }
    }
    throw new Error(`unknown step ${step.do}`);
  }

  /** What the member was given since it was last asked, once there is `count` of it and a moment's quiet. */
  async function waitFor(member, { count, quietMs = 1200 }) {
    const limit = Date.now() + 30_000;
    while (member.taken.length - member.told < count && Date.now() < limit) await pause(50);
    await pause(quietMs);
    const taken = member.taken.slice(member.told);
    member.told = member.taken.length;
    return { taken };
  }
}
