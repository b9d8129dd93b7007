/** A lesson loads the brokers it uses, and no others. */
import { expect, test, type Page } from '@playwright/test';
import { learn } from '../../src/app/words/learn.en';
import { lessonPage, wordsOf } from '../helpers/lesson-page';

/** Something that only the broker's own code says. */
const signs = {
  kafka: 'GROUP_MAX_SIZE_REACHED',
  rabbitmq: 'PRECONDITION_FAILED',
  sqs: 'ReceiptHandleIsInvalid',
} as const;

/** Which of them has come to the page by now; in workers, too. */
function brokersLoaded(page: Page): () => string[] {
  const found = new Set<string>();
  page.context().on('response', (response) => {
    if (!/\.js$/.test(new URL(response.url()).pathname)) return;
    void response
      .text()
      .then((code) => {
        for (const [broker, sign] of Object.entries(signs)) if (code.includes(sign)) found.add(broker);
      })
      .catch(() => {});
  });
  return () => [...found].sort();
}

test.use({ serviceWorkers: 'block' });

test('lesson 20 has Kafka alone until another broker is asked for', async ({ page }) => {
  const loaded = brokersLoaded(page);
  const lesson = lessonPage(page, 'twice');
  await lesson.open();
  await lesson.openStep('fix');
  await expect(lesson.next(learn.fix.toFault('0:09.0'))).toBeVisible({ timeout: 20_000 });
  await expect.poll(loaded).toEqual(['kafka']);
  const { world } = wordsOf('05-four-pitfalls/20-twice').knobs;
  await lesson.value(world, 'rabbitmq').click();
  await expect.poll(loaded).toEqual(['kafka', 'rabbitmq']);
  await lesson.value(world, 'sqs').click();
  await expect.poll(loaded).toEqual(['kafka', 'rabbitmq', 'sqs']);
});
