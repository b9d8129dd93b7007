/**
 * The pictures one instant can be drawn as. All of them take the same properties, so whoever shows one need not know
 * which. Each is a chunk of its own: a lesson loads the picture it shows.
 */
import type { Component } from 'svelte';
import type { Address } from '../kernel/shape';
import type { Time } from '../kernel/time';
import type { PictureName, Reading, Series, View, Window } from '../scenario/host';
import { shapesOf } from './names';
import type { Selection } from './selection';

export interface PictureProps {
  /** The instant to draw; null while there is none. */
  readonly view: View | null;
  /** Fixed size in CSS px; without it the picture fills its box. */
  readonly size?: { readonly width: number; readonly height: number } | null;
  readonly selection?: Selection | null;
  readonly onselect?: (selection: Selection | null) => void;
  /** The system's wish, or the product's own setting. */
  readonly reducedMotion?: boolean;
  /** Which part of long things is asked for; the picture says what it has room for by `onwindow`. */
  readonly window?: Window | null;
  readonly onwindow?: (window: Window) => void;
  /** A line about an object, by its address: "publishes 1 a second". */
  readonly captions?: Readonly<Record<Address, string>>;
  /** Which group or process writes a store, by the store's address. */
  readonly writers?: Readonly<Record<Address, string>>;
  /** What was measured over time, also beyond the instant on stage where that is recorded. */
  readonly series?: readonly Series[];
  /** Goes to another instant: what a handle in the picture is for. */
  readonly onseek?: (time: Time) => void;
  /** What was measured of this instant, where it has a place in the picture. */
  readonly readings?: readonly Reading[];
  /** Hears the height (px) at which nothing of the picture has to be scrolled. */
  readonly onwanted?: (height: number) => void;
  /** Why nothing can be drawn. */
  readonly error?: string | null;
}

export type Picture = Component<PictureProps>;

/** Folder names are the registry: `chain/Picture.svelte` is the picture "chain". The log is the stage itself. */
const files = import.meta.glob<Picture>('./*/Picture.svelte', { import: 'default' });

/** A picture that is not there yet is drawn as a log, which can show every shape. */
export async function loadPicture(name: PictureName): Promise<Picture> {
  const load = files[`./${name}/Picture.svelte`];
  return load ? load() : (await import('./Stage.svelte')).default;
}

/** The picture a lesson asks for; without one, that of what is there. */
export function pictureFor(view: View | null, wanted: PictureName | null): PictureName {
  if (wanted) return wanted;
  if (view?.shapes.some(({ shape }) => shape === 'stack' || shape === 'pile' || shape === 'switch'))
    return 'queues';
  const processes = view ? shapesOf(view.shapes, 'process') : [];
  return processes.some(({ callees }) => callees !== undefined) ? 'chain' : 'log';
}
