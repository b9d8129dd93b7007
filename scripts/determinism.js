// What a deterministic layer may not use, as lint rules. eslint.config.js applies them in the editor;
// tests/tidy.test.ts applies them again with comments that switch rules off ignored.

/** The layers whose history must be the same, byte for byte, in every engine. */
export const deterministicLayers = [
  'kernel',
  'judge',
  'brokers',
  'clients',
  'services',
  'patterns',
  'faults',
];

/**
 * Facades speak the promises of the libraries they stand for, and a script is an async function by nature.
 * Their order is the simulation's: they only ever await what the kernel settles.
 */
export const asyncAllowed = [
  'src/clients/kafkajs/**/*.ts',
  'src/clients/amqplib/**/*.ts',
  'src/clients/aws-sdk/**/*.ts',
  'src/clients/kafka-java/{facade,*-facade,admin,admin-groups,requests}.ts',
  'src/clients/script.ts',
];

const HOST = 'The kernel has the only clock and the only randomness: use context.now, .after or .random.';
const hostGlobals = [
  'Date',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'fetch',
  'crypto',
  'window',
  'document',
  'navigator',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'process',
  'globalThis',
];

const ENGINE = 'Engines differ in its last bits. Use + − × ÷ and Math.sqrt, or a table (kernel/random).';
const engineMath = [
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'cbrt', 'hypot'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2'],
  ...['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
];

const LOCALE = 'The answer depends on the reader’s machine. Compare with < and >; format in app/.';

const power = { selector: ":matches(BinaryExpression[operator='**'], AssignmentExpression[operator='**='])" };
const localeCall = { selector: 'MemberExpression[property.name=/^(toLocale[A-Za-z]*|localeCompare)$/]' };
const asyncCode = {
  selector: ':matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression)[async=true]',
};

/** Applies to scenario as well, which builds and replays runs but talks to workers. */
export const arithmeticRules = {
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: HOST },
    ...engineMath.map((property) => ({ object: 'Math', property, message: ENGINE })),
  ],
};

const syntax = [
  { ...power, message: ENGINE },
  { ...localeCall, message: LOCALE },
];
const asyncBan = {
  ...asyncCode,
  message: 'A promise cannot be saved or replayed. Send a command and handle the answer in apply.',
};

/** @param {{ async: boolean, more?: object[] }} options */
export function determinismRules({ async, more = [] }) {
  return {
    ...arithmeticRules,
    'no-restricted-globals': [
      'error',
      ...hostGlobals.map((name) => ({ name, message: HOST })),
      { name: 'Intl', message: LOCALE },
      {
        name: 'structuredClone',
        message: 'Far too slow for snapshots: clone by hand with kernel/structures.',
      },
    ],
    'no-restricted-syntax': ['error', ...syntax, ...(async ? [] : [asyncBan]), ...more],
  };
}
