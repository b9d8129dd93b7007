// The layers (ARCHITECTURE.md). Arrows point one way:
// kernel ← judge, brokers ← clients, services, patterns, faults ← scenario ← course, standards, stage, storage ← app, cli.
// Each comment is what a person who breaks the rule reads: what is wrong, and what to do instead.

/** @param {string[]} layers */
const src = (...layers) => `^src/(${layers.join('|')})/`;
const PROTOCOL = '^src/brokers/.+/protocol(\\.ts$|/)';
const DETERMINISTIC = ['kernel', 'judge', 'brokers', 'clients', 'services', 'patterns', 'faults'];

/** A layer may import itself, the layers named, and the single files named; nothing else in src. */
const layer = (name, { layers = [], files = [], remedy }) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: remedy,
  from: { path: src(name) },
  to: { path: '^(src|lessons)/', pathNot: [src(name, ...layers), ...files] },
});

module.exports = {
  forbidden: [
    layer('kernel', {
      remedy:
        'The kernel knows no broker, screen or scenario. Pass what it needs as data or through Context, or move the code up.',
    }),
    layer('judge', {
      layers: ['kernel'],
      remedy:
        'A goal is judged from facts alone. Emit a fact for what you wanted to look up, and fold over that.',
    }),
    layer('brokers', {
      layers: ['kernel'],
      remedy:
        'A broker is told everything by a command of its protocol. Add a field or a command to protocol.ts.',
    }),
    layer('clients', {
      layers: ['kernel'],
      files: [PROTOCOL],
      remedy:
        'A client sees of a broker what a network shows: brokers/*/protocol. Move shared types into it.',
    }),
    layer('services', {
      layers: ['kernel'],
      files: [PROTOCOL],
      remedy:
        'A service talks to the other parts of its process by local commands (kernel/delivery) and knows no driver.',
    }),
    layer('patterns', {
      layers: ['kernel'],
      files: [PROTOCOL, '^src/services/([^/]*protocol|request-client)\\.ts$'],
      remedy:
        'A pattern stands between parts, whichever they are: use their protocol file (or request-client) and never their machine.',
    }),
    layer('faults', {
      layers: ['kernel'],
      remedy:
        'A fault edits links and processes and knows nothing about who runs there. Give it an address instead.',
    }),
    layer('scenario', {
      layers: DETERMINISTIC,
      remedy:
        'A run must work without a screen, a lesson or a database. Hand the data in from app, cli or course.',
    }),
    layer('standards', {
      layers: [...DETERMINISTIC, 'scenario'],
      remedy: 'Import and export translate scenarios and recordings, nothing else. Move the rest to app.',
    }),
    layer('course', {
      layers: ['kernel', 'judge', 'scenario'],
      files: ['^lessons/'],
      remedy: 'A lesson knows runs through scenario and verdicts through judge. Screens belong in app.',
    }),
    layer('storage', {
      layers: ['kernel', 'judge', 'scenario'],
      remedy:
        'Storage keeps plain data. Import its type from scenario, or define the stored form in storage itself.',
    }),
    layer('stage', {
      layers: ['kernel'],
      files: ['^src/scenario/(host|measures)\\.ts$'],
      remedy:
        'The stage draws shapes and views that it is given: kernel/shape and scenario/host. Add to those two.',
    }),
    layer('cli', {
      layers: [...DETERMINISTIC, 'scenario', 'standards', 'course'],
      remedy:
        'The headless commands have no screen. Move what they share with the app down into scenario or course.',
    }),
    {
      name: 'lessons-imports',
      severity: 'error',
      comment:
        'A lesson is data: import its types and helpers from course, judge and scenario; copy nothing from others.',
      from: { path: '^lessons/([^/]+/[^/]+)/' },
      to: {
        path: '^(src|lessons)/',
        pathNot: [src('course', 'judge', 'scenario', 'kernel'), '^lessons/$1/', '^lessons/[^/]+\\.ts$'],
      },
    },
    {
      name: 'nothing-imports-app',
      severity: 'error',
      comment:
        'The app and the commands stand on top. Move the shared part down to the lowest layer that can hold it.',
      from: { pathNot: [src('app', 'cli'), '^src/main\\.ts$'] },
      to: { path: [src('app', 'cli'), '^src/main\\.ts$'] },
    },
    {
      name: 'brokers-not-sideways',
      severity: 'error',
      comment: 'Brokers know nothing of each other. Move what both need into brokers/broker.ts or kernel.',
      from: { path: '^src/brokers/([^/]+)/' },
      to: { path: '^src/brokers/[^/]+/', pathNot: ['^src/brokers/$1/'] },
    },
    {
      name: 'aws-services-by-protocol',
      severity: 'error',
      comment:
        'SNS, SQS and Lambda are separate services: they meet through protocol only, as they do over the network.',
      from: { path: '^src/brokers/aws/([^/]+)/' },
      to: { path: '^src/brokers/aws/[^/]+/', pathNot: ['^src/brokers/aws/$1/', PROTOCOL] },
    },
    {
      name: 'clients-not-sideways',
      severity: 'error',
      comment:
        'Clients know nothing of each other; only a facade stands on its own driver (kafkajs and kafka-java on kafka, amqplib on rabbitmq, aws-sdk on aws).',
      from: { path: '^src/clients/([^/]+)/' },
      to: {
        path: '^src/clients/[^/]+/',
        // Pairs that are allowed are matched by the three rules below.
        pathNot: ['^src/clients/$1/', '^src/clients/(kafka|rabbitmq|aws)/'],
      },
    },
    ...[
      // the Java client is a driver of its own over the same wire: it shares requests, keys and hashes
      ['kafka', 'kafkajs|kafka-java'],
      ['rabbitmq', 'amqplib'],
      ['aws', 'aws-sdk'],
    ].map(([driver, facade]) => ({
      name: `driver-${driver}-only-for-${facade.replace('|', '-and-')}`,
      severity: 'error',
      comment: `Only ${facade.replace('|', ' and ')} stands on the ${driver} driver. Everything else talks to it by local commands.`,
      from: { path: '^src/clients/', pathNot: [`^src/clients/(${driver}|${facade})/`] },
      to: { path: `^src/clients/${driver}/` },
    })),
    {
      name: 'deterministic-imports-no-package',
      severity: 'error',
      comment:
        'Code under the simulation must give the same history everywhere, so it uses no package: write the few lines.',
      // checking a goal from outside is no part of judging: valibot does it, loaded when needed
      from: {
        path: src(...DETERMINISTIC),
        // a facade takes its library's types, and no code
        pathNot: '^src/(judge/(validate|goal-schema)\\.ts$|clients/(kafkajs|amqplib|aws-sdk)/)',
      },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'core'] },
    },
    {
      name: 'facades-take-types-only',
      severity: 'error',
      comment: 'A facade has the names of its library and runs without it: import its types only.',
      from: { path: '^src/clients/(kafkajs|amqplib|aws-sdk)/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'core'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'node-only-in-cli',
      severity: 'error',
      comment:
        'This code runs in a browser, which has no Node modules. Do it in src/cli or scripts and hand in the result.',
      from: { path: '^(src|lessons)/', pathNot: [src('cli')] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-development-package',
      severity: 'error',
      comment:
        'It ships, so it belongs in "dependencies" (and its licence in the notices), or it should not be imported.',
      from: { path: '^src/', pathNot: [src('cli')] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'd3-only-draws',
      severity: 'error',
      comment: 'd3 computes pictures: keep it in stage and app, and pass plain numbers down.',
      from: { path: '^src/', pathNot: [src('stage', 'app')] },
      to: { path: 'node_modules/(@types/)?d3' },
    },
    {
      name: 'xstate-only-for-people',
      severity: 'error',
      comment:
        'xstate drives what the person does (course, app). Simulated things are machines behind apply.',
      from: { path: '^src/', pathNot: [src('course', 'app')] },
      to: { path: 'node_modules/xstate' },
    },
    {
      name: 'idb-only-in-storage',
      severity: 'error',
      comment: 'One place knows the database. Add a function to storage and call that.',
      from: { path: '^src/', pathNot: [src('storage')] },
      to: { path: 'node_modules/idb' },
    },
    {
      name: 'src-imports-no-tests',
      severity: 'error',
      comment: 'Tests and scripts look at the product, never the other way round. Move the helper into src.',
      from: { path: '^(src|lessons)/' },
      to: { path: '^(tests|scripts)/' },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Two files that import each other are one file, or three: move what both need into a third.',
      from: { path: '^(src|lessons)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'Nothing imports this file and it imports nothing. Use it or delete it.',
      from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$', '^src/main\\.ts$', src('cli')] },
      to: {},
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      comment:
        'The imported file or package does not exist. Correct the path, or add the package to package.json.',
      from: { path: '^(src|lessons)/' },
      to: { couldNotResolve: true, pathNot: ['\\?(url|raw|worker)', '^virtual:'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: a layer that only needs another's types still depends on it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.svelte', '.svelte.ts', '.json'],
    },
  },
};
