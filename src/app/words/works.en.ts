/** Pages for what cannot be opened: not found, not built yet, in the works. */
import type { Place } from '../shell/navigation';

export interface WorksWords {
  readonly title: string;
  readonly lead: string;
  readonly will: readonly string[];
  readonly meanwhile: string;
}

const works: Record<Exclude<Place, 'learn'>, WorksWords> = {
  lab: {
    title: 'Lab',
    lead: 'Your own design on the same simulator. It is in the works and cannot be opened yet.',
    will: [
      'Wire services, brokers and stores, starting from one of eight designs that already run.',
      'Place crashes, cuts and delays on the timeline and replay them against another design.',
      'Write checks of your own and let the page look for a run that breaks them.',
    ],
    meanwhile:
      'One part is open: the same orders and the same trouble on Kafka, RabbitMQ and SQS, side by side. And every lesson can be taken apart already: its knobs, crashes and forks are those the lab will have.',
  },
  present: {
    title: 'Present',
    lead: 'The stage on the wall, notes and votes on your desk. It is in the works and cannot be opened yet.',
    will: [
      'Two windows that show one run, without an account or a server.',
      'Prepared faults, a counter for raised hands, and a way back to the prepared state after improvising.',
      'A plan of 90 minutes, with what people usually bet on and what to ask next.',
    ],
    meanwhile:
      'Lesson 4 works on a projector today: open it, press the text size button, and play it step by step.',
  },
  embed: {
    title: 'Embed',
    lead: 'One playable figure in your own page, for one line of HTML. It is in the works and cannot be copied yet.',
    will: [
      'A picture until somebody presses it; nothing moves and nothing is stored before that.',
      'At most two knobs, a scrubber, and a link that opens the same moment here.',
      'No request leaves the reader’s browser once the figure is there.',
    ],
    meanwhile: 'Until then, link to a lesson: its address works on every copy of this site.',
  },
};

export const worksWords = {
  notFound: {
    title: 'There is nothing here',
    lead: (address: string) => `No page has the address ${address}.`,
    map: 'Course map',
    home: 'Front page',
  },
  places: works,
  will: 'What it will do',
  meanwhile: 'Until then',
  map: 'Course map',
  compare: 'Compare three brokers',
  unbuilt: {
    lead: 'This lesson is not built yet.',
    teaches: 'What it will teach',
    needs: 'What it builds on',
    needsNothing: 'Nothing: it could be your first.',
    open: 'What is open now',
    lesson: (number: number, title: string) => `Lesson ${number}: ${title}`,
    map: 'Course map',
    of: (number: number, count: number) => `Lesson ${number} of ${count}`,
    minutes: (minutes: number) => `about ${minutes} minutes`,
  },
};
