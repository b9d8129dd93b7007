import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-svelte';
import '../../src/stage/theme/base.css';
import { Player } from '../../src/app/player.svelte';
import Transport from '../../src/app/transport/Transport.svelte';
import { seconds } from '../../src/kernel/time';
import type { Mark } from '../../src/scenario/host';
import type { Action } from '../../src/scenario/scenario';
import { fact, FakeHost } from '../helpers/fake-host';

const pause: Action = { class: 'operation', name: 'pause', target: 'cache', options: {} };
const history = [1, 2, 3, 3.2, 4, 8].map((second, id) =>
  fact(id, seconds(second), {
    kind: 'crashed',
    type: 'ProcessCrashed',
    subject: 'search-b',
    process: 'search-b',
  }),
);
const marks = history.map(({ id, time }): Mark => ({
  time,
  fact: id,
  sign: 'fault',
  subject: 'search-b',
  label: 'crash',
}));

let player: Player;

beforeEach(async () => {
  await page.viewport(1400, 900);
  player = new Player({ host: new FakeHost(history, { marks }), lensMs: 1000, endMs: 10_000 });
  await render(Transport, { player, mode: 'wide' });
  await player.idle();
});
afterEach(() => {
  cleanup();
  player.dispose();
});

const slider = () => page.getByRole('slider', { name: 'Time' });
const clock = () => page.getByRole('button', { name: 'Go to time' });

test('shows where time stands and what has just happened', async () => {
  await player.seek(seconds(3.6));
  await player.idle();
  await expect.element(clock()).toHaveTextContent('0:03.600');
  await expect.element(slider()).toHaveAttribute('aria-valuetext', '3.6 seconds, after: Search B crashed');
});

test('plays, pauses and steps by its buttons', async () => {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => player.time).toBeGreaterThan(100_000);
  await page.getByRole('button', { name: 'Pause' }).click();
  await player.idle();
  const stood = player.time;
  const next = player.view.factCount;
  await page.getByRole('button', { name: 'One step on' }).click();
  await expect.poll(() => player.fact).toBe(next);
  expect(player.time).toBeGreaterThan(stood);
  await page.getByRole('button', { name: 'To the end' }).click();
  await expect.element(page.getByRole('button', { name: /^Play\. The run ends here/ })).toBeVisible();
});

test('the handle obeys the keyboard', async () => {
  await player.seek(seconds(4));
  (slider().element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => player.time).toBeGreaterThan(seconds(4));
  await userEvent.keyboard('{Home}');
  await expect.poll(() => player.time).toBe(0);
  await userEvent.keyboard('{End}');
  await expect.poll(() => player.time).toBe(seconds(10));
});

test('a press on the axis goes there, and one on a mark goes to its fact', async () => {
  await player.seek(seconds(9));
  await player.idle();
  const axis = document.querySelector('.timeline')!.getBoundingClientRect();
  await userEvent.click(document.querySelector('.timeline')!, { position: { x: axis.width - 50, y: 55 } });
  await expect.poll(() => player.time).toBeGreaterThan(seconds(9.2));
  await page.getByRole('button', { name: /^Search B crashed, 0:08/ }).click();
  await expect.poll(() => player.fact).toBe(5);
});

test('every target is 24 px wide and high, marks among them', async () => {
  await player.seek(seconds(9));
  await player.idle();
  const targets = [...document.querySelectorAll('.transport :is(button, select, [role="slider"])')].filter(
    (target) => target.checkVisibility(),
  );
  const small = targets.filter((target) => {
    const { width, height } = target.getBoundingClientRect();
    return width < 24 || height < 24;
  });
  expect(targets.length).toBeGreaterThan(12);
  expect(small.map((target) => target.outerHTML)).toEqual([]);
  const marked = [...document.querySelectorAll('.mark')].map((target) => target.getBoundingClientRect().x);
  for (let index = 1; index < marked.length; index++)
    expect(marked[index] - marked[index - 1]).toBeGreaterThanOrEqual(24);
});

test('acting in the past asks before it forks, and keeps the run', async () => {
  await player.seek(seconds(9));
  await player.seek(seconds(2.5));
  await player.act(pause);
  const dialog = page.getByRole('dialog', { name: 'Fork from 0:02.5?' });
  await expect.element(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Fork and do it' }).click();
  await expect.poll(() => player.currentBranch.name).toBe('run 2');
  await page.getByRole('button', { name: /^Show run 1/ }).click();
  await expect.poll(() => player.currentBranch.name).toBe('run 1');
});

test('a time that cannot be read is refused with an example', async () => {
  await clock().click();
  const field = page.getByRole('textbox');
  await field.fill('soon');
  await userEvent.keyboard('{Enter}');
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('“soon” is not a time. Write 0:18.6, 18.6 s or 18600 ms.');
  await field.fill('4,5 s');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => player.time).toBe(seconds(4.5));
});
