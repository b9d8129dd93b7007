/** The voice in which goals are said: English grammar, the lesson's names, the page's times. */
import type { LessonWords } from '../../course/words';
import { english } from '../../judge/sentence.en';
import type { Names, Voice } from '../../judge/sentence';
import type { Catalogue } from '../../judge/catalogue';
import type { Scenario } from '../../scenario/scenario';
import { clock } from '../../stage/clock';
import { stageWords } from '../../stage/words.en';
import { words, type Locale } from '../i18n';

const catalogues: Readonly<Record<Locale, Catalogue>> = { en: english };

/** Where there is only one topic, its name goes without saying. */
export function voiceOf(said: LessonWords, scenario: Scenario): Voice {
  const topics = scenario.brokers.flatMap((broker) => broker.topics.map(({ name }) => name));
  const nameOf = (kind: string, name: string): string => said.names[`${kind}/${name}`] ?? name;
  const names: Names = {
    role: (role) => nameOf('role', role),
    place: (on) =>
      topics.length === 1 && topics[0] === on ? '' : nameOf(isTopic(on) ? 'place' : 'role', on),
    truth: (topic) => nameOf('truth', topic),
    group: (group) => nameOf('group', group),
    answer: (question, answer) => nameOf(`answer/${question}`, answer),
  };
  function isTopic(on: string): boolean {
    return topics.includes(on);
  }
  return { catalogue: words(catalogues), names, time: (time) => clock(time), duration: stageWords.span };
}
