/** Everything that can go wrong with the place where work is kept, made to go wrong in a real browser, on the page. */
import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { dialogs } from '../../src/app/words/dialogs.en';
import { learn } from '../../src/app/words/learn.en';
import { share } from '../../src/app/words/share.en';
import { shell } from '../../src/app/words/shell.en';
import type { StorageTrouble } from '../../src/storage/types';
import { collectComplaints } from '../helpers/complaints';
import { lessonPage, slug, type LessonPage } from '../helpers/lesson-page';

// Each opens a lesson two or three times.
test.describe.configure({ timeout: 180_000 });

const database = 'at-least-once';

const notice = (page: Page) => page.getByRole('status').filter({ hasText: shell.exportNow });

async function expectTrouble(page: Page, trouble: StorageTrouble) {
  await expect(notice(page)).toContainText(shell.trouble[trouble].what);
  await expect(notice(page)).toContainText(shell.trouble[trouble].next);
}

async function expectNoTrouble(page: Page) {
  await expect(notice(page)).toHaveCount(0);
}

/** From the scene to the question about what was seen: all of it in memory, if need be. */
async function playOn(lesson: LessonPage) {
  await lesson.next(learn.scene.go).click();
  await lesson.placeBet('own-flag', 'sure');
  await lesson.toEnd();
  await expectPlayed(lesson);
}

async function expectPlayed(lesson: LessonPage) {
  await lesson.expectStep('observe');
  await expect(lesson.text.getByText(learn.bet.yours('sure'))).toBeVisible();
}

/** The device has it, says a page that is opened afresh. */
async function expectKept(page: Page) {
  const fresh = await page.context().newPage();
  await lessonPage(fresh).open();
  await expectPlayed(lessonPage(fresh));
  await expectNoTrouble(fresh);
  await fresh.close();
}

async function cdp(page: Page): Promise<CDPSession> {
  return page.context().newCDPSession(page);
}

/** Puts rows where the product keeps its own, as a damaged disk would. */
async function putRow(page: Page, store: string, row: unknown) {
  await page.evaluate(
    ([name, into, value]) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onerror = () => reject(new Error('no database'));
        request.onsuccess = () => {
          const transaction = request.result.transaction(into, 'readwrite');
          transaction.objectStore(into).put(value);
          transaction.oncomplete = () => {
            request.result.close();
            resolve();
          };
        };
      }),
    [database, store, row] as const,
  );
}

/** Little enough to be full in a moment. */
const quotaBytes = 5_000_000;

/** What the browser lets this site have; undefined: as usual. */
async function limitQuota(page: Page, quotaSize: number | undefined) {
  const { origin } = new URL(test.info().project.use.baseURL!);
  await (await cdp(page)).send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize && { quotaSize }) });
}

/** There is room again: the page finds out when it saves next, or is told to try. */
async function makeRoom(page: Page) {
  await limitQuota(page, undefined);
  const again = page.getByRole('button', { name: shell.tryAgain });
  await expect(async () => {
    if (await again.isVisible()) await again.click({ timeout: 1000 });
    await expect(notice(page)).toHaveCount(0, { timeout: 1000 });
  }).toPass({ timeout: 20_000 });
}

/** Uses up what room there is, to the last hundred bytes, in a database that is not the product's. */
async function fill(page: Page) {
  await page.evaluate(async () => {
    const filler = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('filler', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('rows', { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('no database'));
    });
    const put = (size: number) =>
      new Promise<boolean>((resolve) => {
        const bytes = crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
        const transaction = filler.transaction('rows', 'readwrite');
        transaction.objectStore('rows').put(Array.from({ length: Math.ceil(size / 65_536) }, () => bytes));
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
      });
    for (let size = 500_000; size > 100; size /= 2) while (await put(size));
    filler.close();
  });
}

test('a full device is announced, the lesson goes on, and all of it is kept when there is room', async ({
  page,
}) => {
  const lesson = lessonPage(page);
  const complaints = await collectComplaints(page);
  await limitQuota(page, quotaBytes);
  await lesson.open();
  await fill(page);
  await playOn(lesson);
  await expectTrouble(page, 'full');

  // Nobody is told that something is kept when it is not.
  await page.getByRole('button', { name: share.open, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: share.title });
  await dialog.getByRole('button', { name: share.keep }).click();
  await expect(dialog.getByText(share.keptInTab, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');

  await makeRoom(page);
  await expectKept(page);
  await page.goto('./#/run');
  await page.reload();
  await expect(page.getByText(share.page.lead(1, 100))).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a device with no room at all is announced when there is something to keep, and used as soon as there is some', async ({
  page,
}) => {
  await limitQuota(page, 1);
  const lesson = lessonPage(page);
  await lesson.open();
  await playOn(lesson);
  await expectTrouble(page, 'full');
  await makeRoom(page);
  await expectKept(page);
});

for (const [how, block] of [
  [
    'refuses',
    () => {
      indexedDB.open = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
    },
  ],
  ['has none', () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined })],
] as const)
  test(`where the browser ${how} the lesson goes on, and is kept by the next page that can`, async ({
    page,
    context,
  }) => {
    await page.addInitScript(block);
    const complaints = await collectComplaints(page);
    const lesson = lessonPage(page);
    await lesson.open();
    await expectTrouble(page, 'blocked');
    await playOn(lesson);
    await page.goto('about:blank');
    expect(complaints).toEqual([]);
    // The same browser, which lets the page keep things by now.
    const later = await context.newPage();
    await lessonPage(later).open();
    await expectPlayed(lessonPage(later));
    await expectNoTrouble(later);
    await expectKept(later);
  });

test('rows that make no sense are announced and harm nothing else', async ({ page }) => {
  const lesson = lessonPage(page);
  await lesson.open();
  await playOn(lesson);
  await putRow(page, 'attempts', { slug: 'twice', step: 7 });
  await putRow(page, 'recordings', { id: 'torn', recording: '\u0000\u0000' });
  const complaints = await collectComplaints(page);
  await page.reload();
  await expectTrouble(page, 'corrupt');
  await expectPlayed(lesson);
  await notice(page).getByText(shell.troubleDetail).click();
  await expect(notice(page)).toContainText('attempts/twice, recordings/torn');

  // The lesson of the torn row can be done all the same.
  await lessonPage(page, 'twice').open();
  await lessonPage(page, 'twice').next(learn.scene.go).click();
  await lessonPage(page, 'twice').expectStep('predict');
  await page.reload();
  await lessonPage(page, 'twice').expectStep('predict');
  expect(complaints).toEqual([]);
});

for (const [how, remove] of [
  [
    'by another page',
    async (page: Page) => {
      const other = await page.context().newPage();
      await other.goto('./robots.txt');
      await other.evaluate(
        (name) =>
          new Promise<void>((resolve, reject) => {
            const request = indexedDB.deleteDatabase(name);
            request.onsuccess = () => resolve();
            request.onerror = () => reject(new Error('not deleted'));
          }),
        database,
      );
      await other.close();
    },
  ],
  [
    'by the browser',
    async (page: Page) => {
      const { origin } = new URL(page.url());
      await (await cdp(page)).send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    },
  ],
] as const)
  test(`what is deleted ${how} while a lesson is open is announced, and kept again when wanted`, async ({
    page,
  }) => {
    const complaints = await collectComplaints(page);
    const lesson = lessonPage(page);
    await lesson.open();
    await lesson.next(learn.scene.go).click();
    await lesson.expectStep('predict');
    await remove(page);
    await expectTrouble(page, 'deleted');
    await lesson.placeBet('own-flag', 'sure');
    await lesson.toEnd();
    await expectPlayed(lesson);
    await page.getByRole('button', { name: shell.keepAgain }).click();
    await expectNoTrouble(page);
    await expectKept(page);
    expect(complaints).toEqual([]);
  });

/** Opens the database at another version, and holds it open. Stores by name, with the path of their keys. */
async function holdAt(page: Page, version: number, stores: Readonly<Record<string, string | null>> = {}) {
  await page.evaluate(
    ([name, at, wanted]) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, at);
        request.onupgradeneeded = () => {
          for (const [store, keyPath] of Object.entries(wanted))
            request.result.createObjectStore(store, { keyPath });
        };
        request.onerror = () => reject(new Error('no database'));
        request.onsuccess = () => resolve();
      }),
    [database, version, stores] as const,
  );
}

test('data of a newer version is announced and left alone; the lesson goes on', async ({ page, context }) => {
  const newer = await context.newPage();
  await newer.goto('./robots.txt');
  await holdAt(newer, 99, { later: 'id' });
  await newer.close();
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await lesson.open();
  await expectTrouble(page, 'newer');
  await playOn(lesson);

  // What cannot be reached cannot be deleted, and the page does not claim it.
  await lesson.settings.click();
  const dialog = page.getByRole('dialog', { name: dialogs.settings.title });
  await dialog.getByRole('button', { name: dialogs.settings.deleting }).click();
  await dialog.getByRole('button', { name: dialogs.settings.deleteNow }).click();
  await expect(dialog.getByRole('status')).toHaveText(dialogs.settings.deletedInTab);
  const databases = await page.evaluate(() => indexedDB.databases());
  expect(databases).toEqual([{ name: database, version: 99 }]);
  expect(complaints).toEqual([]);
});

test('a newer version in another tab takes over with everything that was done', async ({ page, context }) => {
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await lesson.open();
  await playOn(lesson);
  const newer = await context.newPage();
  await newer.goto('./robots.txt');
  await holdAt(newer, 99);
  await expectTrouble(page, 'newer');
  const row = await newer.evaluate(
    ([name, key]) =>
      new Promise<unknown>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => {
          const get = request.result.transaction('attempts').objectStore('attempts').get(key);
          get.onsuccess = () => resolve(get.result);
        };
      }),
    [database, slug] as const,
  );
  expect(row).toMatchObject({ step: 'observe', bets: [{ option: 'own-flag' }] });
  await lesson.report(1);
  await expect(lesson.text).toContainText(learn.observe.wrong('1'));
  expect(complaints).toEqual([]);
});

test('an old version that another tab holds open is waited for, in words', async ({ page, context }) => {
  const old = await context.newPage();
  await old.goto('./robots.txt');
  await holdAt(old, 1, { attempts: 'slug', marks: 'slug', recordings: 'id', settings: null });
  const complaints = await collectComplaints(page);
  const lesson = lessonPage(page);
  await lesson.open();
  await expectTrouble(page, 'blocked');
  await playOn(lesson);
  await old.close();
  await expectNoTrouble(page);
  await expectKept(page);
  expect(complaints).toEqual([]);
});
