/** Settings of rabbitmq.conf that the model obeys, by their names there. */
import { optionReader, readOnce, type GivenOptions } from '../../kernel/options';
import type { OptionSpec } from '../../kernel/part';
import { ms, seconds, type Duration } from '../../kernel/time';
import type { Version } from './queue-type';

const manual = 'https://www.rabbitmq.com/docs/';

export const everyOption: readonly OptionSpec[] = [
  {
    name: 'consumer_timeout',
    type: 'number',
    default: 1_800_000,
    unit: 'ms',
    min: 1,
    source: `${manual}consumers#acknowledgement-timeout`,
    takes: 'restart',
  },
  {
    name: 'channel_tick_interval',
    type: 'number',
    default: 60_000,
    unit: 'ms',
    min: 1,
    source: 'deps/rabbit/priv/schema/rabbit.schema',
    takes: 'restart',
  },
  {
    name: 'max_message_size',
    type: 'number',
    default: null,
    unit: 'bytes',
    min: 0,
    max: 536_870_912,
    source: `${manual}configure#config-items`,
    takes: 'restart',
  },
  {
    name: 'channel_max',
    type: 'number',
    default: 2047,
    unit: '',
    min: 0,
    max: 65_535,
    source: `${manual}channels#channel-max`,
    takes: 'restart',
  },
  {
    name: 'heartbeat',
    type: 'number',
    default: 60,
    unit: '',
    min: 0,
    max: 65_535,
    source: `${manual}heartbeats`,
    takes: 'restart',
  },
  {
    name: 'consumer_max_per_channel',
    type: 'number',
    default: null,
    unit: '',
    min: 1,
    source: 'deps/rabbit/priv/schema/rabbit.schema',
    takes: 'restart',
  },
];

/** As they are read. */
export interface Settings {
  readonly consumerTimeout: Duration;
  readonly channelTick: Duration;
  readonly maxMessageSizeBytes: number;
  /** Somebody has set it: the refusal says so. */
  readonly maxMessageSizeGiven: boolean;
  readonly channelMax: number;
  /** 0: none. */
  readonly heartbeat: Duration;
  readonly consumersPerChannelMax: number;
}

const read = {
  '3.10': readOnce((given: GivenOptions) => settings(given, 134_217_728)),
  '4.0': readOnce((given: GivenOptions) => settings(given, 16_777_216)),
};

const none: GivenOptions = {};

export function settingsOf(given: GivenOptions | undefined, version: Version): Settings {
  return read[version](given ?? none);
}

function settings(given: GivenOptions, largestBytes: number): Settings {
  const option = optionReader(everyOption, given);
  const size = option.numberOrNull('max_message_size');
  return {
    consumerTimeout: ms(option.number('consumer_timeout')),
    channelTick: ms(option.number('channel_tick_interval')),
    maxMessageSizeBytes: size ?? largestBytes,
    maxMessageSizeGiven: size !== null && size !== 536_870_912,
    channelMax: option.number('channel_max'),
    heartbeat: seconds(option.number('heartbeat')),
    consumersPerChannelMax: option.numberOrNull('consumer_max_per_channel') ?? Infinity,
  };
}
