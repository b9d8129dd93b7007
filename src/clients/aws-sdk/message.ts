/** A message's text as a program writes it → a body of the run. */
import type { MessageId } from '../../kernel/bodies';
import type { ScriptWorld } from '../script';

const labelLength = 12;

/** The label is what stands on its token: the beginning of the text. */
export function composeText(world: ScriptWorld, text: string, key: string | undefined): MessageId {
  return world.compose({
    domain: 'order',
    type: 'Message',
    label: (text === '' ? '∅' : text).slice(0, labelLength),
    key: key ?? null,
    version: 0,
    correlation: '',
    data: { value: text },
  });
}
