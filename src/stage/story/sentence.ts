import type { Body } from '../../kernel/bodies';
import type { Fact, FactId } from '../../kernel/fact';
import { displayName } from '../names';
import { storyWords, type StoryWords, type Telling } from './words.en';

/** What a sentence may look up. */
export interface Look {
  /** By MessageId. */
  readonly bodies: readonly Body[];
  /** Facts at hand, to see who handled what; those that are not at hand are not missed. */
  readonly fact?: (id: FactId) => Fact | undefined;
  /** Name the topic with every partition, where there is more than one. */
  readonly namesTopics?: boolean;
  readonly words?: StoryWords;
}

/** One fact as one plain sentence, without a full stop: "Search B applied OC21 (partition 1, offset 7)". */
export function sentence(fact: Fact, look: Look): string {
  const words = look.words ?? storyWords;
  const telling = tellingOf(fact, look, words);
  const say = words.types[fact.type] ?? words.kinds[fact.kind];
  return capitalised(say(telling));
}

/** Whether the type has a sentence of its own; for tests. */
export function hasSentence(type: string, words: StoryWords = storyWords): boolean {
  return words.types[type] !== undefined;
}

/** "kafka/shop-events/1" → "partition 1"; anything else by its name. */
export function placeName(address: string, look: Pick<Look, 'namesTopics' | 'words'> = {}): string {
  const words = look.words ?? storyWords;
  const [, topic, index] = /^[^/]+\/(.+)\/(\d+)$/.exec(address) ?? [];
  if (index !== undefined) return look.namesTopics ? words.partitionOf(topic, index) : words.partition(index);
  return displayName(address.slice(address.lastIndexOf('/') + 1));
}

function tellingOf(fact: Fact, look: Look, words: StoryWords): Telling {
  const body = fact.message === -1 ? undefined : look.bodies[fact.message];
  const cause = look.fact?.(fact.cause);
  // SQS gives a message by hiding it from everybody else
  const gives = ['delivered', 'redelivered', 'hidden'];
  const delivery = cause !== undefined && gives.includes(cause.kind) ? cause : undefined;
  const source = delivery ?? fact;
  // a queue gives, and whoever works is the one who was given; a log is read by its group
  const given = delivery !== undefined && isQueue(delivery.subject);
  return {
    who: displayName(fact.process),
    subject: placeName(fact.subject, look),
    message: body?.label ?? words.aMessage,
    key: body?.key ?? null,
    reader: displayName(
      given
        ? fact.process
        : (delivery?.process ?? (fact.kind === 'applied' && fact.group !== '' ? fact.group : fact.process)),
    ),
    place:
      fact.position < 0 || isQueue(source.subject)
        ? ''
        : words.place(laneOf(source.subject, look), fact.position),
    position: fact.position,
    amount: fact.amount,
    group: displayName(fact.group === '' ? fact.process : fact.group),
    detail: fact.detail,
    type: inWords(fact.type),
    name: displayName,
    host: displayName(fact.subject.slice(0, Math.max(0, fact.subject.indexOf('/')))),
  };
}

/** A position in a queue is a delivery tag, or a place in the order of arrival: nothing that a reader could look up. */
function isQueue(address: string): boolean {
  return address.includes('/') && !/\/\d+$/.test(address);
}

function laneOf(address: string, look: Look): string | null {
  return /\/\d+$/.test(address) ? placeName(address, look) : null;
}

/** "RecordAppended" → "record appended". */
function inWords(type: string): string {
  return type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
