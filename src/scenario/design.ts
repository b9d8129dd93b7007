/**
 * Edits of a design: the action `set` gives one option of one kind of part a new value. In the running world it counts
 * from its instant on; in a proof a design is played as it ended up, from the start (design.md, Inputs).
 */
import type { Registry } from './registry';
import type { Action, PartSpec, Recording, Scenario, ServiceSpec } from './scenario';
import { targetsOf } from './targets';

export const designAction = 'set';
/** An edit that history only takes note of: in a proof, where it has been there from the start. */
export const noteAction = 'note';

/** What an action `set` says: which part (by name or kind) of its targets, which option, and the new value. */
export interface Edit {
  readonly part: string;
  readonly option: string;
  readonly value: string | number | boolean | null;
}

export function editOf({ options }: Action): Edit {
  return {
    part: String(options['part']),
    option: String(options['option']),
    value: options['value'] ?? null,
  };
}

/** The action that makes an edit. */
export function setAction(target: string, part: string, option: string, value: Edit['value']): Action {
  return { class: 'design', name: designAction, target, options: { part, option, value } };
}

/** The parts an edit is about. None when the target or the part does not exist: then it does nothing. */
export function editedParts(scenario: Scenario, action: Action): { service: ServiceSpec; part: PartSpec }[] {
  const { part: wanted } = editOf(action);
  return targetsOf(scenario, action.target).flatMap((service) =>
    service.parts
      .filter((part) => (part.name ?? part.kind) === wanted || part.kind === wanted)
      .map((part) => ({ service, part })),
  );
}

/** The scenario as its design ended up, and the inputs that are left: everything but the edits. */
export function asDesigned(recording: Recording): Recording {
  const edits = recording.inputs.filter(({ action }) => action.name === designAction);
  if (edits.length === 0) return recording;
  const ordered = [...edits].sort((a, b) => a.time - b.time || a.order - b.order);
  const scenario = ordered.reduce((design, { action }) => withEdit(design, action), recording.scenario);
  return { ...recording, scenario, inputs: recording.inputs.filter((input) => !edits.includes(input)) };
}

/**
 * The same for a proof: each edit stays in history as something the person tried, when they tried it, and changes
 * nothing there. So a goal can ask what was tried.
 */
export function asProved(recording: Recording): Recording {
  const designed = asDesigned(recording);
  if (designed === recording) return recording;
  const notes = recording.inputs
    .filter(({ action }) => action.name === designAction)
    .map((input) => ({ ...input, action: { ...input.action, name: noteAction } }));
  return { ...designed, inputs: [...designed.inputs, ...notes] };
}

function withEdit(scenario: Scenario, action: Action): Scenario {
  const { option, value } = editOf(action);
  const edited = new Set(editedParts(scenario, action).map(({ part }) => part));
  const services = scenario.services.map((service) => ({
    ...service,
    parts: service.parts.map((part) =>
      edited.has(part) ? { ...part, options: { ...part.options, [option]: value } } : part,
    ),
  }));
  return { ...scenario, services };
}

/** Content mistake: an edit that cannot be made. */
export class BadEdit extends Error {
  override readonly name = 'BadEdit';
}

/** Tries every edit of a recording on its own, before a world depends on them. Throws BadEdit or BadOption. */
export function checkEdits({ scenario, inputs }: Recording, registry: Registry): void {
  const actions = [...scenario.schedule, ...inputs].map(({ action }) => action);
  for (const action of actions) {
    if (action.name !== designAction) continue;
    const { option, value } = editOf(action);
    for (const { service, part } of editedParts(scenario, action)) {
      const known = registry.get(part.kind);
      if (!known?.machine.configure) {
        throw new BadEdit(`"${part.kind}" of "${service.name}" cannot be changed while it runs.`);
      }
      if (!known.options.some(({ name }) => name === option)) {
        throw new BadEdit(`"${part.kind}" of "${service.name}" has no option "${option}".`);
      }
      known.machine.configure(known.machine.init(part.options ?? {}), { [option]: value });
    }
  }
}
