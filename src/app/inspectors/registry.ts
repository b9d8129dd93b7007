import type { Component } from 'svelte';
import type { TimeAxis } from '../../stage/charts/time-axis.svelte';
import type { Mode } from '../../stage/layout/size';
import type { Inspection, Page } from '../../scenario/host';
import type { Player } from '../player.svelte';

/** A name and a value: "offset 7". */
export interface Entry {
  readonly name: string;
  readonly value: string;
  readonly mono?: boolean;
  readonly trouble?: boolean;
  readonly title?: string;
}

/** What surrounds an inspector: its place on the page. */
export interface Place {
  /** The stage's, for what stands on its datum. Heights follow `compact`: the stage's mode follows the height left to it. */
  readonly mode: Mode;
  /** The window is small. */
  readonly compact: boolean;
  readonly axis: TimeAxis;
  readonly pinned: boolean;
  /** null: nothing can be compared here. */
  readonly onpin: (() => void) | null;
  readonly onclose: () => void;
}

/** Which part of a long thing is shown, and how one asks for another. */
export interface Paging {
  readonly page: Page;
  readonly onpage: (page: Page) => void;
}

/** What every file under kinds/ takes. */
export interface InspectorProps {
  readonly player: Player;
  readonly inspection: Inspection;
  readonly place: Place;
  readonly paging: Paging;
}

/** One file per kind of object (`of` of an Inspection): "message", "lane", "nothing". Loaded when first looked at. */
const files = import.meta.glob<{ default: Component<InspectorProps> }>('./kinds/*.svelte');
const loaded = new Map<string, Component<InspectorProps>>();

export async function inspectorFor(kind: Inspection['of']): Promise<Component<InspectorProps>> {
  const known = loaded.get(kind);
  if (known) return known;
  const component = (await files[`./kinds/${kind}.svelte`]()).default;
  loaded.set(kind, component);
  return component;
}
