/**
 * `npm run -s bench -- --json`: one flat object. Rates are work per CPU second, medians of rounds taken in turn;
 * seeks are wall milliseconds. Figures of one run compare with each other, not with another machine's. `--only GROUP`
 * measures one group of them: seeks, kernel, kafka, rabbitmq, sqs, proofs or page.
 */
import { Trace } from '../kernel/trace';
import { kafkaRun } from './bench/kafka';
import { bareLoop, lightKernel } from './bench/kernel';
import { cpuSeconds, inTurn } from './bench/measure';
import { lessonPageKb } from './bench/page';
import { rabbitRun } from './bench/rabbitmq';
import { measureProofs } from './bench/proofs';
import { measureSeeks } from './bench/seek';
import { sqsRun } from './bench/sqs';

const events = 1_000_000;
const messages = 100_000;

function measureKernel() {
  const rates = inTurn(5, {
    limitEventsPerSecond: () => events / cpuSeconds(() => bareLoop(events)),
    kernelEventsPerSecond: () =>
      events / cpuSeconds(() => lightKernel(new Trace()).runUntil(Number.MAX_SAFE_INTEGER, events)),
  });
  return { ...rates, kernelToLimit: rates.kernelEventsPerSecond / rates.limitEventsPerSecond };
}

function measureKafka() {
  let events = 0;
  let replicatedEvents = 0;
  const rates = inTurn(5, {
    kafkaMessagesPerSecond: () =>
      messages / cpuSeconds(() => (events = kafkaRun(messages, new Trace()).eventCount)),
    kafkaUntracedMessagesPerSecond: () => messages / cpuSeconds(() => kafkaRun(messages, null)),
    kafkaReplicatedMessagesPerSecond: () =>
      messages / cpuSeconds(() => (replicatedEvents = kafkaRun(messages, new Trace(), 3).eventCount)),
  });
  const { kafkaMessagesPerSecond: one, kafkaReplicatedMessagesPerSecond: three } = rates;
  return {
    ...rates,
    tracedToUntraced: one / rates.kafkaUntracedMessagesPerSecond,
    kafkaCpuMicrosecondsPerEvent: (messages / one / events) * 1e6,
    kafkaReplicatedCpuMicrosecondsPerEvent: (messages / three / replicatedEvents) * 1e6,
  };
}

function measureRabbit() {
  let events = 0;
  let replicatedEvents = 0;
  const rates = inTurn(5, {
    rabbitMessagesPerSecond: () =>
      messages / cpuSeconds(() => (events = rabbitRun(messages, new Trace()).eventCount)),
    rabbitUntracedMessagesPerSecond: () => messages / cpuSeconds(() => rabbitRun(messages, null)),
    rabbitReplicatedMessagesPerSecond: () =>
      messages / cpuSeconds(() => (replicatedEvents = rabbitRun(messages, new Trace(), 3).eventCount)),
  });
  const { rabbitMessagesPerSecond: one, rabbitReplicatedMessagesPerSecond: three } = rates;
  return {
    ...rates,
    rabbitCpuMicrosecondsPerEvent: (messages / one / events) * 1e6,
    rabbitReplicatedCpuMicrosecondsPerEvent: (messages / three / replicatedEvents) * 1e6,
  };
}

function measureSqs() {
  let events = 0;
  const rates = inTurn(5, {
    sqsMessagesPerSecond: () =>
      messages / cpuSeconds(() => (events = sqsRun(messages, new Trace()).eventCount)),
  });
  return {
    ...rates,
    sqsCpuMicrosecondsPerEvent: (messages / rates.sqsMessagesPerSecond / events) * 1e6,
  };
}

const groups: Readonly<Record<string, () => object | Promise<object>>> = {
  seeks: measureSeeks,
  kernel: measureKernel,
  kafka: measureKafka,
  rabbitmq: measureRabbit,
  sqs: measureSqs,
  proofs: measureProofs,
  page: async () => ({ lessonPageJsGzKb: await lessonPageKb() }),
};

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null;
if (only !== null && !(only in groups)) {
  console.error(`There is no group "${only}": ${Object.keys(groups).join(', ')}.`);
  process.exit(2);
}

const figures: Record<string, number> = {};
for (const [name, measure] of Object.entries(groups)) {
  if (only === null || only === name) Object.assign(figures, await measure());
}

if (process.argv.includes('--json')) {
  const rounded = Object.entries(figures).map(([name, value]) => [
    name,
    value >= 1000 ? Math.round(value) : Number(value.toPrecision(4)),
  ]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
} else {
  for (const [name, value] of Object.entries(figures)) {
    console.log(
      name.padEnd(32),
      value >= 1000 ? Math.round(value).toString().padStart(10) : value.toPrecision(4).padStart(10),
    );
  }
}
