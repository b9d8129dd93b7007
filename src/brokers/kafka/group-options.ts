/**
 * Settings of groups whose assignments the broker makes: each is an option of the broker ("group.consumer.session.timeout.ms")
 * and may be set for one group ("consumer.session.timeout.ms") within the broker's bounds (GroupConfig.java,
 * GroupCoordinatorConfig.java, ShareGroupConfig.java). What nobody sets is not kept: it has its default when asked for.
 */
import type { OptionSpec } from '../../kernel/part';

/** A number that a group has, by its name as a setting of the group. */
export type GroupSetting =
  | 'consumer.session.timeout.ms'
  | 'consumer.heartbeat.interval.ms'
  | 'consumer.assignment.interval.ms'
  | 'share.session.timeout.ms'
  | 'share.heartbeat.interval.ms'
  | 'share.assignment.interval.ms'
  | 'share.record.lock.duration.ms'
  | 'share.delivery.count.limit'
  | 'share.partition.max.record.locks';

interface Setting {
  readonly standard: number;
  readonly least: number;
  readonly most: number;
  readonly unit: OptionSpec['unit'];
}

const settings: Readonly<Record<GroupSetting, Setting>> = {
  'consumer.session.timeout.ms': { standard: 45_000, least: 45_000, most: 60_000, unit: 'ms' },
  'consumer.heartbeat.interval.ms': { standard: 5000, least: 5000, most: 15_000, unit: 'ms' },
  'consumer.assignment.interval.ms': { standard: 1000, least: 0, most: 15_000, unit: 'ms' },
  'share.session.timeout.ms': { standard: 45_000, least: 45_000, most: 60_000, unit: 'ms' },
  'share.heartbeat.interval.ms': { standard: 5000, least: 5000, most: 15_000, unit: 'ms' },
  'share.assignment.interval.ms': { standard: 1000, least: 0, most: 15_000, unit: 'ms' },
  'share.record.lock.duration.ms': { standard: 30_000, least: 15_000, most: 60_000, unit: 'ms' },
  'share.delivery.count.limit': { standard: 5, least: 2, most: 10, unit: '' },
  'share.partition.max.record.locks': { standard: 2000, least: 100, most: 4000, unit: '' },
};

/** Settings of a group that are words. The first is the default. */
const words: Readonly<Record<string, readonly string[]>> = {
  'share.auto.offset.reset': ['latest', 'earliest'],
  // read_committed is not modelled
  'share.isolation.level': ['read_uncommitted'],
  'share.renew.acknowledge.enable': ['true', 'false'],
};

const sizes: Readonly<Record<string, number>> = {
  'group.consumer.max.size': 2147483647,
  'group.share.max.size': 200,
};

const names = Object.keys(settings) as GroupSetting[];

/** "consumer.session.timeout.ms" → "group.consumer.min.session.timeout.ms". */
function boundOf(name: string, bound: 'min' | 'max'): string {
  return `group.${name.replace('.', `.${bound}.`)}`;
}

/** As options of the broker. */
export const groupOptions: readonly OptionSpec[] = [
  ...names.flatMap((name) => {
    const { standard, least, most, unit } = settings[name];
    const spec = (option: string, value: number) => optionOf(option, value, unit);
    return [
      spec(`group.${name}`, standard),
      spec(boundOf(name, 'min'), least),
      spec(boundOf(name, 'max'), most),
    ];
  }),
  ...Object.keys(sizes).map((name) => optionOf(name, sizes[name], '')),
];

function optionOf(name: string, standard: number, unit: OptionSpec['unit']): OptionSpec {
  const source = `https://kafka.apache.org/documentation/#brokerconfigs_${name}`;
  return { name, type: 'number', default: standard, unit, min: 0, source, takes: 'restart' };
}

/** What the broker was given of these; numbers by the broker's names. */
export type GivenGroupOptions = Readonly<Record<string, number>>;
/** What one group was given, by the group's names. */
export type GroupConfigs = Readonly<Record<string, string>>;

/** The number that holds for a group: its own, else the broker's, else the default. */
export function settingOf(name: GroupSetting, given: GivenGroupOptions = {}, own: GroupConfigs = {}): number {
  return name in own ? Number(own[name]) : (given[`group.${name}`] ?? settings[name].standard);
}

export function wordOf(name: string, own: GroupConfigs = {}): string {
  return own[name] ?? words[name][0];
}

export function sizeMax(kind: 'consumer' | 'share', given: GivenGroupOptions = {}): number {
  const name = `group.${kind}.max.size`;
  return given[name] ?? sizes[name];
}

/** Whether a group may have the setting: it is known, and within the broker's bounds. */
export function isGroupConfig(name: string, value: string, given: GivenGroupOptions = {}): boolean {
  if (name in words) return words[name].includes(value);
  if (!(name in settings)) return false;
  const { least, most } = settings[name as GroupSetting];
  const number = Number(value);
  const min = given[boundOf(name, 'min')] ?? least;
  const max = given[boundOf(name, 'max')] ?? most;
  return Number.isInteger(number) && number >= min && number <= max;
}
