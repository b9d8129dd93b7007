/** The voice in which goals are said: English grammar, the lesson's names, the page's times. */
import { plainText, type LessonWords } from '../../course/words';
import { english } from '../../judge/sentence.en';
import type { Names, Voice } from '../../judge/sentence';
import type { Catalogue } from '../../judge/catalogue';
import type { Scenario } from '../../scenario/scenario';
import { clock } from '../../stage/clock';
import { stageWords } from '../../stage/words.en';
import { words, type Locale } from '../i18n';

const catalogues: Readonly<Record<Locale, Catalogue>> = { en: english };

/** A bound as it is judged, not rounded as on an axis: 11.4 s must not be said as 11 s. */
function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return ms < 120_000 ? `${ms / 1000} s` : stageWords.span(ms);
}

/** An answer as the question offers it, without its full stop: it is quoted inside a sentence. */
function answerIn({ questions }: LessonWords, question: string, answer: string): string {
  const option = questions[question]?.options.find(({ id }) => id === answer);
  return option ? plainText(option.html).replace(/\.$/, '') : answer;
}

/** Where there is only one topic, its name goes without saying. */
export function voiceOf(said: LessonWords, scenario: Scenario): Voice {
  const topics = scenario.brokers.flatMap((broker) =>
    broker.kind === 'kafka' ? broker.topics.map(({ name }) => name) : [],
  );
  const nameOf = (kind: string, name: string): string => said.names[`${kind}/${name}`] ?? name;
  const names: Names = {
    role: (role) => nameOf('role', role),
    place: (on) =>
      topics.length === 1 && topics[0] === on ? '' : nameOf(isTopic(on) ? 'place' : 'role', on),
    truth: (topic) => nameOf('truth', topic),
    group: (group) => nameOf('group', group),
    key: (key) => nameOf('key', key),
    answer: (question, answer) => answerIn(said, question, answer),
  };
  function isTopic(on: string): boolean {
    return topics.includes(on);
  }
  return { catalogue: words(catalogues), names, time: (time) => clock(time), duration };
}
