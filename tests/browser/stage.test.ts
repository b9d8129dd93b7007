/** The stage as a person meets it: by mouse, by keyboard, by ear. */
import { userEvent } from 'vitest/browser';
import { describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/stage/theme/base.css';
import type { Window } from '../../src/scenario/host';
import { laneAddress } from '../../src/stage/fixture-shapes';
import { drawnInstant, withStores } from '../../src/stage/fixtures';
import { deepLog } from '../../src/stage/fixtures-stress';
import { windowFor } from '../../src/stage/layout/plan';
import Stage from '../../src/stage/Stage.svelte';

const size = { width: 984, height: 490 };
const stage = (props: Record<string, unknown> = {}) => render(Stage, { view: withStores(), size, ...props });
const named = (name: string) => document.querySelector<SVGElement>(`[aria-label^="${name}"]`)!;
const focusedName = () => document.activeElement?.getAttribute('aria-label');

describe('by mouse', () => {
  test('a record, a flag and a consumer can be chosen', async () => {
    const onselect = vi.fn();
    await stage({ onselect });
    await userEvent.click(named('OC07, order, offset 3'));
    await userEvent.click(named('Group search in partition 0'));
    await userEvent.click(named('search C, consumer'));
    expect(onselect.mock.calls.map(([selection]) => selection as unknown)).toEqual([
      { kind: 'message', message: 7 },
      { kind: 'address', address: 'kafka/group/search' },
      { kind: 'address', address: 'search-c' },
    ]);
  });

  test('choosing again lets go', async () => {
    const onselect = vi.fn();
    await stage({ onselect, selection: { kind: 'message', message: 7 } });
    const cell = named('OC07, order, offset 3');
    expect(cell.getAttribute('aria-pressed')).toBe('true');
    await userEvent.click(cell);
    expect(onselect).toHaveBeenCalledWith(null);
  });
});

describe('by keyboard', () => {
  test('the stage is one tab stop, arrows move along its wires', async () => {
    await stage();
    expect(document.querySelectorAll('[tabindex="0"]').length).toBe(1);
    named('shop-events, partition 1').focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(focusedName()).toMatch(/^SK04, stock, offset 1/);
    await userEvent.keyboard('{ArrowUp}');
    expect(document.querySelectorAll('[tabindex="0"]').length).toBe(1);
    expect(document.activeElement?.getAttribute('tabindex')).toBe('0');
  });

  test('Enter chooses, Escape lets go', async () => {
    const onselect = vi.fn();
    await stage({ onselect, selection: { kind: 'address', address: 'cache' } });
    named('OC03, order').focus();
    await userEvent.keyboard('{Enter}{Escape}');
    expect(onselect.mock.calls.map(([selection]) => selection as unknown)).toEqual([
      { kind: 'message', message: 3 },
      null,
    ]);
  });
});

describe('a log longer than the screen', () => {
  test('asks for as many cells as there is room for', async () => {
    const onwindow = vi.fn();
    await stage({ view: deepLog(null), onwindow });
    await vi.waitFor(() => expect(onwindow).toHaveBeenCalledWith(expect.objectContaining({ cells: 11 })));
  });

  test('is scrolled at its torn edge, and brought back to the newest', async () => {
    const window: Window = {
      ...windowFor({ ...size, mode: 'wide' }),
      lanes: { [laneAddress(0)]: { to: 300 } },
    };
    const onwindow = vi.fn();
    const { getByRole } = await stage({ view: deepLog(window), window, onwindow });
    await userEvent.click(named('partition 0, 4,700 newer'));
    expect(onwindow).toHaveBeenLastCalledWith(
      expect.objectContaining({ lanes: { [laneAddress(0)]: { to: 303 } } }),
    );
    await getByRole('button', { name: 'To the newest' }).click();
    expect(onwindow).toHaveBeenLastCalledWith(expect.objectContaining({ lanes: {} }));
  });

  test('is zoomed by buttons: more cells, the same text', async () => {
    const onwindow = vi.fn();
    const { getByRole } = await stage({ view: deepLog(null), onwindow });
    await getByRole('button', { name: 'Zoom out' }).click();
    await vi.waitFor(() => expect(onwindow.mock.lastCall?.[0]).toMatchObject({ cells: 17 }), {
      timeout: 3000,
    });
    expect(document.querySelector('text')!.getAttribute('font-size')).toBe('15');
  });
});

describe('when there is nothing to draw', () => {
  test('it says why', async () => {
    const { getByRole } = await stage({ view: null, error: 'the run has stopped.' });
    await expect
      .element(getByRole('alert'))
      .toHaveTextContent('This instant cannot be drawn: the run has stopped.');
  });

  test('it says that nothing is there', async () => {
    const { getByText } = await stage({ view: null });
    await expect.element(getByText('Nothing is on this stage yet.').first()).toBeInTheDocument();
  });
});

test('what it shows is told in one sentence first', async () => {
  const { container } = await stage({ view: drawnInstant() });
  expect(container.querySelector('p')!.textContent).toMatch(
    /^Stage at 0:18.6: 3 partitions with 30 records, read by search and cache\./,
  );
});

test('tokens under way are painted and can be chosen by name', async () => {
  const { container } = await stage({ view: drawnInstant() });
  expect(container.querySelector('canvas')!.width).toBeGreaterThan(0);
  expect(named('SK12, stock, under way, 2nd')).not.toBeNull();
});
