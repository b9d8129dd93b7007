import { describe, expect, test } from 'vitest';
import { Progress, stepEntry } from '../../../src/app/narrator/narrate';
import { NarratorQueue, type Entry } from '../../../src/app/narrator/queue';
import { fact } from '../../helpers/fake-host';

function queue() {
  let now = 0;
  const spoken: string[] = [];
  const subject = new NarratorQueue(
    () => now,
    (text) => spoken.push(text),
  );
  return {
    spoken,
    say: (
      importance: Entry['importance'],
      kind: string,
      text: string,
      verbosity: 'normal' | 'detailed' | 'results' | 'off' = 'detailed',
    ) => subject.say({ importance, kind, text }, verbosity),
    pass: (milliseconds: number) => {
      now += milliseconds;
      return subject.flush();
    },
    clear: () => subject.clear(),
  };
}

describe('the narrator', () => {
  test('speaks one sentence in two seconds at most', () => {
    const { say, pass, spoken } = queue();
    for (let tenth = 0; tenth < 99; tenth++) {
      say('progress', 'progress', `${tenth} delivered`);
      say('event', `event ${tenth % 7}`, 'something');
      pass(100);
    }
    expect(spoken.length).toBe(5);
  });

  test('replaces what has become stale', () => {
    const { say, pass, spoken } = queue();
    say('progress', 'progress', '1 delivered');
    say('progress', 'progress', '2 delivered');
    say('progress', 'progress', '3 delivered');
    expect(pass(2000)).toBe(null);
    expect(spoken).toEqual(['1 delivered', '3 delivered']);
  });

  test('says what is out of the ordinary before the everyday', () => {
    const { say, pass, spoken } = queue();
    say('event', 'a', 'first');
    say('progress', 'progress', '4 delivered');
    say('event', 'crash', 'Search B crashed');
    pass(2000);
    pass(2000);
    expect(spoken).toEqual(['first', 'Search B crashed', '4 delivered']);
  });

  test('results and steps are spoken at once', () => {
    const { say, spoken } = queue();
    say('event', 'a', 'first');
    say('result', 'result', 'Goal A is shown.');
    say('step', 'step', 'Search B applied OC21.');
    say('step', 'step', 'Search moved its flag.');
    expect(spoken).toEqual(['first', 'Goal A is shown.', 'Search B applied OC21.', 'Search moved its flag.']);
  });

  test('a step makes what waits stale', () => {
    const { say, pass, spoken } = queue();
    say('event', 'a', 'first');
    say('event', 'b', 'second');
    say('step', 'step', 'a step');
    pass(2000);
    expect(spoken).toEqual(['first', 'a step']);
  });

  test.each([
    ['off', []],
    ['results', ['result']],
    ['normal', ['result', 'step', 'event']],
    ['detailed', ['result', 'step', 'event', 'progress']],
  ] as const)('at the level “%s” it says %j', (level, said) => {
    const { say, pass, spoken } = queue();
    for (const importance of ['result', 'step', 'event', 'progress'] as const)
      say(importance, importance, importance, level);
    pass(2000);
    pass(2000);
    expect(spoken).toEqual(said);
  });
});

describe('what it says', () => {
  const bodies = [
    {
      domain: 'order',
      type: 'OrderPlaced',
      label: 'OC21',
      key: 'tee',
      version: 1,
      correlation: '',
      data: {},
    },
  ] as const;
  const read = {
    kind: 'delivered',
    type: 'RecordDelivered',
    process: 'search-b',
    message: 0,
    position: 7,
  } as const;

  test('a step in full, and how much more of it there is', () => {
    const facts = [0, 1, 2, 3, 4].map((id) => fact(id, 0, read));
    expect(stepEntry(facts.slice(0, 1), { bodies })?.text).toBe(
      'Search B received OC21 (partition 0, offset 7).',
    );
    expect(stepEntry(facts, { bodies })?.text).toMatch(/and 2 more\.$/);
    expect(stepEntry([], { bodies })).toBe(null);
  });

  test('playing as a sum that grows until it is spoken', () => {
    const progress = new Progress();
    const again = { ...read, kind: 'redelivered', type: 'RecordRedelivered' } as const;
    progress.add([fact(0, 0, read), fact(1, 0, read), fact(2, 0, again)], { bodies });
    const [entry] = progress.add([fact(3, 0, read)], { bodies });
    expect(entry).toMatchObject({ kind: 'progress', text: '3 delivered, 1 redelivered.' });
    progress.reset();
    expect(progress.add([], { bodies })).toEqual([]);
  });

  test('a crash in a sentence of its own', () => {
    const crash = fact(5, 0, {
      kind: 'crashed',
      type: 'ProcessCrashed',
      subject: 'search-b',
      detail: 'before commit',
    });
    expect(new Progress().add([crash], { bodies })).toEqual([
      { kind: 'crashed search-b', importance: 'event', text: 'Search B crashed before commit.' },
    ]);
  });
});
