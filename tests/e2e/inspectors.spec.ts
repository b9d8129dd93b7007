/** Inspectors on lesson 4: every object opens its own, says what the run says, and leaves the stage its room. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { inspectors as w } from '../../src/app/words/inspectors.en';
import { learn } from '../../src/app/words/learn.en';
import type { Action } from '../../src/scenario/scenario';
import type {
  GroupInspection,
  Inspection,
  LaneInspection,
  ProcessInspection,
  StoreInspection,
} from '../../src/scenario/host';
import { clock } from '../../src/stage/clock';
import { stageWords } from '../../src/stage/words.en';
import { storyWords } from '../../src/stage/story/words.en';
import { tableWords } from '../../src/stage/table/words.en';
import { expectAccessible } from '../helpers/axe';
import { collectComplaints } from '../helpers/complaints';
import { lessonTruth } from '../helpers/engine-bundle';
import { lessonPage, said, type LessonPage } from '../helpers/lesson-page';

/** By its address, what it is called on the stage, in the tables, and in its inspector. */
const objects = [
  { address: 'kafka/shop-events/1', stage: /^shop-events, partition 1,/, table: 'Partition 1', title: w.partitionName('shop-events', 1) },
  { address: 'kafka/group/search', stage: /^Group search in partition 1:/, table: 'search', title: w.groupName('search') },
  { address: 'search-b', stage: /^search B, consumer of search/, table: 'search B', title: 'search B' },
  { address: 'search-index', stage: /^search index, store/, table: tableWords.compare('search index'), title: 'search index' },
] as const; // prettier-ignore
const addresses = objects.map(({ address }) => address);

const crashAtMs = 8000;
const lookAtMs = 13_000;
const pin: Action = { class: 'fault', name: 'pin', target: 'search-b', options: { step: 'commit' } };

interface Truth {
  readonly lane: LaneInspection;
  readonly group: GroupInspection;
  readonly process: ProcessInspection;
  readonly store: StoreInspection;
}

function inspector(page: Page, title: string): Locator {
  return page.getByRole('article', { name: w.of(title), exact: true });
}

/** The break step, 13 s into the run, where everything can be touched. */
async function openAt(page: Page, where = '0:13'): Promise<LessonPage> {
  const lesson = lessonPage(page);
  await lesson.open();
  await lesson.openStep('break');
  await lesson.goTo(where);
  return lesson;
}

/** The same with search B crashed before its commit. */
async function openCrashed(page: Page): Promise<{ lesson: LessonPage; truth: Truth }> {
  const lesson = await openAt(page, '0:08');
  await lesson.controls.getByRole('button', { name: said.knobs['crash'].values['commit'], exact: true }).click();
  await lesson.goTo('0:13');
  const { inspectedAt } = await lessonTruth();
  const found = await inspectedAt(addresses, lookAtMs, [{ atMs: crashAtMs, action: pin }]);
  const by = <Of extends Inspection['of']>(of: Of) =>
    found.find((one): one is Extract<Inspection, { of: Of }> => one.of === of)!;
  const truth = { lane: by('lane'), group: by('group'), process: by('process'), store: by('store') };
  expect(truth.process.process.condition).toBe('crashed');
  return { lesson, truth };
} // prettier-ignore

/** Of a row in a small table: the texts of its cells. */
function rowOf(within: Locator, name: string): Promise<string[]> {
  const row = within
    .getByRole('row')
    .filter({ has: within.page().getByRole('rowheader', { name, exact: true }) });
  return row.getByRole('cell').allInnerTexts();
}

test('every object opens its inspector by mouse and by keyboard, and is seen beside it', async ({ page }) => {
  const complaints = await collectComplaints(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  const lesson = await openAt(page);
  const stage = lesson.work.getByRole('group', { name: stageWords.stage, exact: true }).last();
  for (const { stage: name, title } of objects) {
    const item = stage.getByRole('button', { name }).first();
    await item.click();
    await expect(inspector(page, title)).toBeVisible();
    await expectSeen(item, stage, inspector(page, title));
    await page.keyboard.press('Escape');
    await expect(inspector(page, title)).toHaveCount(0);
    await item.focus();
    await page.keyboard.press('Enter');
    await expect(inspector(page, title)).toBeVisible();
    await expect(item).toBeFocused();
    // Key I leads in, and Escape back to where one came from.
    await page.keyboard.press('i');
    await expect(page.getByRole('region', { name: w.region })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(inspector(page, title)).toHaveCount(0);
    await expect(item).toBeFocused();
  }
  expect(complaints).toEqual([]);
});

/** The middle of the object is on the screen, inside the stage, and not behind its inspector. */
async function expectSeen(item: Locator, stage: Locator, panel: Locator): Promise<void> {
  const middle = async () => {
    const box = (await item.boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const view = stage.locator('xpath=ancestor::*[@role="tabpanel"]');
  await expect
    .poll(async () => {
      const [at, seen, covers] = [await middle(), (await view.boundingBox())!, (await panel.boundingBox())!];
      return seen.y < at.y && at.y < seen.y + seen.height && at.y < covers.y;
    })
    .toBe(true);
  expect((await view.boundingBox())!.height).toBeGreaterThan(200);
}

test('each says what the run says of a crash between apply and commit, in both themes', async ({ page }) => {
  test.slow();
  const { lesson, truth } = await openCrashed(page);
  const look = async (index: number, say: (panel: Locator) => Promise<void>) => {
    const { stage, title } = objects[index];
    await lesson.work.getByRole('button', { name: stage }).first().click();
    await say(inspector(page, title));
  };
  const pinned = async (index: number) => {
    const { title } = objects[index];
    await inspector(page, title)
      .getByRole('button', { name: w.pin(title), exact: true })
      .click();
  };
  const twoAreRight = async () => {
    await expect(page.getByRole('article', { name: /^Inspector/ })).toHaveCount(2);
    await expectAccessibleInBothThemes(page);
  };
  await test.step('the partition', () => look(0, (panel) => sayPartition(panel, truth.lane)));
  await pinned(0);
  await test.step('the group', () => look(1, (panel) => sayGroup(panel, truth.group)));
  await test.step('nothing is wrong with these two', twoAreRight);
  await test.step('the service', () => look(2, (panel) => sayService(panel, truth.process)));
  await pinned(2);
  await test.step('the store', () => look(3, (panel) => sayStore(panel, truth.store)));
  await test.step('nothing is wrong with these two', twoAreRight);
});

async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
    await expectAccessible(page, '.inspector');
  }
}

async function sayPartition(panel: Locator, { lane, nextExpiry }: LaneInspection): Promise<void> {
  await expect(panel).toContainText(`${w.logEnd} ${lane.logEnd}`);
  await expect(panel).toContainText(
    w.nextExpiryIn(nextExpiry!.count, (nextExpiry!.at - lookAtMs * 1000) / 1000).replaceAll('\u00a0', ' '),
  );
  for (const { group, committed, position, lag } of lane.pointers) {
    const [first, second, third] = await rowOf(panel, group);
    expect([first, second, third]).toEqual([
      String(committed),
      position === null ? w.notRead : String(position),
      lag === 0 ? w.caughtUp : String(lag),
    ]);
  }
  const reader = panel.getByRole('row').filter({ hasText: `search B, ${w.condition.crashed}` });
  await expect(reader).toHaveCount(1);
  for (const { offset, face } of lane.cells)
    await expect(
      panel.getByRole('button', { name: w.atOffset(offset, face.label, face.key), exact: true }),
    ).toBeVisible();
}

async function sayGroup(panel: Locator, { group, progress }: GroupInspection): Promise<void> {
  await expect(panel).toContainText(`${w.state} ${w.groupState[group.state]}`);
  await expect(panel).toContainText(`${w.generation} ${group.generation}`);
  await expect(panel).toContainText(`${w.lag} ${group.lag}`);
  expect(group.lag).toBeGreaterThan(0);
  expect(progress.arrived).toBeGreaterThan(progress.settled);
  await expect(panel).toContainText(w.clearsNever);
  await expect(panel.getByRole('img')).toHaveAccessibleName(new RegExp(`^Lag of search: ${group.lag} now;`));
  const gone = group.members.find(({ process }) => process === 'search-b')!;
  const left = (gone.expiresAt! - lookAtMs * 1000) / 1000;
  const [reads, heartbeat] = await rowOf(panel, 'search B');
  expect(reads).toBe('1');
  expect(plain(heartbeat)).toContain(plain(w.givenUpIn(w.condition.crashed, left)));
  await expect(panel.getByRole('rowheader')).toHaveCount(group.members.length);
}

async function sayService(panel: Locator, { process, applies, options }: ProcessInspection): Promise<void> {
  await expect(panel).toContainText(w.since(w.condition.crashed, clock(process.conditionSince)));
  await expect(panel).toContainText(w.brokeBefore('commit'));
  expect(process.unsettled.length).toBeGreaterThan(0);
  for (const { label } of process.unsettled)
    await expect(panel.getByRole('definition').getByRole('button', { name: label })).toBeVisible();
  const last = panel.getByRole('list', { name: w.lastApplied('search B') }).getByRole('button');
  await expect(last).toHaveCount(applies.length);
  for (const [index, { face, offset }] of applies.toReversed().entries())
    await expect(last.nth(index)).toContainText(
      `${face.label} ${w.place(storyWords.partition('1'), offset!)}`,
    );
  await panel.getByRole('button', { name: w.optionsShort }).click();
  const session = options.find(({ name }) => name === 'sessionTimeout')!;
  const [value] = await rowOf(panel, session.name);
  expect(value).toBe(`${String(session.value)} ms`);
}

async function sayStore(panel: Locator, { store, comparison }: StoreInspection): Promise<void> {
  await expect(panel).toContainText(`${w.writes} ${store.writes}`);
  const { rows, differing } = comparison!;
  expect(differing).toBeGreaterThan(0);
  for (const { key, truth, seen, state } of rows) {
    const [known, held, difference] = await rowOf(panel, key);
    expect(known.trim()).toBe(w.versionOf(truth!.face.version, truth!.face.label));
    expect(held.trim()).toBe(seen ? w.versionOf(seen.version, seen.face!.label) : w.nothingKnown);
    expect(difference.startsWith(state === 'same' ? '=' : '≠')).toBe(true);
  }
}

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('one is pinned, another compared with it; a record inside leads to its journey', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const lesson = await openAt(page);
  const [lane, , , store] = objects;
  await lesson.work.getByRole('button', { name: lane.stage }).click();
  const pinned = inspector(page, lane.title);
  await pinned.getByRole('button', { name: w.pin(lane.title), exact: true }).click();
  await lesson.work.getByRole('button', { name: store.stage }).click();
  await expect(inspector(page, store.title)).toBeVisible();
  await expect(pinned).toBeVisible();
  const [above, below] = [await pinned.boundingBox(), await inspector(page, store.title).boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y + 1);
  // By keyboard: what is pressed goes, and the focus stays in the inspector.
  const record = pinned.getByRole('button', { name: /^offset 0:/ });
  const label = /^offset 0: (\w+)/.exec((await record.getAttribute('aria-label'))!)![1];
  await record.focus();
  await page.keyboard.press('Enter');
  await expect(inspector(page, label)).toBeVisible();
  await expect(inspector(page, store.title)).toHaveCount(0);
  await expect(record).toBeFocused();
  await pinned.getByRole('button', { name: w.unpin(lane.title), exact: true }).click();
  await expect(pinned).toHaveCount(0);
  await expect(inspector(page, label)).toBeVisible();
});

test('while time goes by values change in place and the focus stays', async ({ page }) => {
  const lesson = await openAt(page);
  await lesson.work.getByRole('button', { name: objects[1].stage }).first().click();
  const panel = inspector(page, objects[1].title);
  const member = panel.getByRole('button', { name: 'search A', exact: true });
  await member.focus();
  const heartbeat = () => rowOf(panel, 'search A');
  const before = await heartbeat();
  await lesson.play.dispatchEvent('click');
  await expect.poll(heartbeat).not.toEqual(before);
  await expect(member).toBeFocused();
});

test('Table and Story lead to the same inspectors, by keyboard', async ({ page }) => {
  const lesson = await openAt(page);
  await lesson.tab(learn.views.table).click();
  const table = lesson.work.getByRole('region', { name: tableWords.region, exact: true });
  for (const { table: name, title } of objects) {
    await table.getByRole('button', { name, exact: true }).first().focus();
    await page.keyboard.press('Enter');
    await expect(inspector(page, title)).toBeVisible();
  }
  await lesson.tab(learn.views.story).click();
  const story = lesson.work.getByRole('region', { name: storyWords.story, exact: true });
  await story
    .getByRole('button', { name: /search moved its flag on partition 1/i })
    .last()
    .press('Enter');
  await expect(inspector(page, objects[0].title)).toBeVisible();
});

test('at 320 px they are read without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const lesson = await openAt(page);
  const table = lesson.work.getByRole('region', { name: tableWords.region, exact: true });
  for (const { table: name, title } of objects) {
    await table.getByRole('button', { name, exact: true }).first().click();
    const sheet = page.getByRole('group', { name: learn.sheet.label, exact: true });
    await sheet.getByRole('tab').last().click();
    await expect(inspector(page, title)).toBeVisible();
    const beyond = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      ...[...document.querySelectorAll('.inspector *')].map((one) => one.getBoundingClientRect().right),
    ]);
    expect(Math.max(...beyond)).toBeLessThanOrEqual(321);
  }
  await expectAccessible(page, '.inspector');
});
