import type { Component } from 'svelte';
import type { TimeAxis } from '../../stage/charts/time-axis.svelte';
import type { Mode } from '../../stage/layout/size';
import type { Inspection } from '../../scenario/host';
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
  readonly mode: Mode;
  readonly axis: TimeAxis;
  readonly pinned: boolean;
  /** null: nothing can be compared here. */
  readonly onpin: (() => void) | null;
  readonly onclose: () => void;
}

/** What every file under kinds/ takes. */
export interface InspectorProps {
  readonly player: Player;
  readonly inspection: Inspection;
  readonly place: Place;
}

/** One file per kind of object: `message`, or the name of its shape ("lane", "store"). Loaded when first looked at. */
const files = import.meta.glob<{ default: Component<InspectorProps> }>('./kinds/*.svelte');
const loaded = new Map<string, Component<InspectorProps>>();

/** "message", "lane", "nothing": the file that shows it. */
export function kindOf(inspection: Inspection): string {
  return inspection.of === 'shape' ? inspection.shape.shape : inspection.of;
}

/** Shapes that nobody has written an inspector for are shown as `nothing`. */
export async function inspectorFor(kind: string): Promise<Component<InspectorProps>> {
  const known = loaded.get(kind);
  if (known) return known;
  const load = files[`./kinds/${kind}.svelte`] ?? files['./kinds/nothing.svelte'];
  const component = (await load()).default;
  loaded.set(kind, component);
  return component;
}
