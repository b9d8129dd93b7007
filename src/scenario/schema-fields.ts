/** Fields that schemas of scenarios are made of. */
import * as v from 'valibot';
import { isHostile } from './plain';

/** Unknown fields are a mistake everywhere: what this version does not understand, it must not drop silently. */
export const object = v.strictObject;

export const hostile = 'is no name';
export const name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(100),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'only letters, digits, dot, underscore and hyphen'),
  v.check((value) => !isHostile(value), hostile),
);
export const beyond = 'is beyond all bounds';
export const scalar = v.union([
  v.pipe(v.string(), v.maxLength(10_000)),
  v.pipe(v.number(), v.finite(beyond)),
  v.boolean(),
  v.null(),
]);
/** Milliseconds: up to 31 years. */
export const duration = v.pipe(v.number(), v.finite(beyond), v.minValue(0, beyond), v.maxValue(1e12, beyond));
export const options = v.record(v.pipe(v.string(), v.maxLength(100)), scalar);

export const unknown = 'is nothing this version knows';
export const whole = v.pipe(v.number(), v.integer(), v.minValue(0, beyond), v.maxValue(1e15, beyond));

/** Of nodes, copies. */
export const smallNumber = v.pipe(v.number(), v.integer(), v.minValue(1, beyond), v.maxValue(9, beyond));
