/**
 * A facade of amqplib 2.3.1: its names, options, results, events, error classes and messages, over a driver that speaks
 * AMQP in simulated time. A program type-checks against either. Not offered: the callback API, TLS, and reconnecting by
 * itself (option `recovery`); user names and passwords are not checked.
 */
import type * as Amqplib from 'amqplib';
import type { Options } from 'amqplib';
import type { ClientOptions } from '../rabbitmq/client';
import type { ScriptWorld } from '../script';
import { ChannelModel, Connection } from './connection';
import { IllegalOperationError, NotSimulated } from './errors';
import { tableOf } from './tables';

type Library = typeof Amqplib;

interface SocketOptions {
  readonly clientProperties?: Readonly<Record<string, unknown>>;
  readonly recovery?: unknown;
}

/** Where a connection goes; hosts are names of processes. */
interface Target {
  readonly host: string;
  readonly virtualHost: string;
  readonly heartbeat: number | undefined;
  readonly channelMax: number;
}

/** What the server proposes, and a client without a wish of its own accepts. */
const serverHeartbeat = 60;

/** The module as a program imports it, for one world. `broker`: the broker's name in addresses, where its nodes have other ones. */
export function amqplib(world: ScriptWorld, broker?: string): Library {
  const connect = (
    url?: string | Options.Connect,
    socketOptions: SocketOptions = {},
  ): Promise<ChannelModel> =>
    new Promise((resolve, reject) => {
      if (socketOptions.recovery !== undefined && socketOptions.recovery !== false)
        throw new NotSimulated('Connections that recover by themselves are not simulated.');
      const { host, virtualHost, heartbeat = serverHeartbeat, channelMax } = targetOf(url);
      const clientProperties = { ...tableOf(properties), ...tableOf(socketOptions.clientProperties ?? {}) };
      const { connection_name: given } = clientProperties;
      const connectionName = typeof given === 'string' ? given : '';
      const options: Omit<ClientOptions, 'replyTo'> = {
        ...{ broker: broker ?? host, host, virtualHost, heartbeat, channelMax, clientProperties },
        connectionName,
      };
      const name = connectionName === '' ? 'amqplib' : connectionName;
      const connection = new Connection(world, name, options, (error) =>
        error ? reject(error) : resolve(new ChannelModel(connection)),
      );
    });
  return { connect, credentials, IllegalOperationError } as unknown as Library;
}

function targetOf(url: string | Options.Connect = 'amqp://localhost'): Target {
  if (typeof url === 'object') {
    const { protocol = 'amqp', hostname = '', vhost, heartbeat, channelMax = 0 } = url;
    checkProtocol(`${protocol}:`);
    return { host: hostname, virtualHost: decodeURIComponent(vhost || '/'), heartbeat, channelMax };
  }
  const [, protocol = '', host = '', path, query = ''] =
    /^([^:/]+:)\/\/(?:[^@/]*@)?([^:/?]*)(?::\d+)?(?:\/([^?]*))?(?:\?(.*))?$/.exec(url) ?? [];
  checkProtocol(protocol);
  const wishes = new Map(query.split('&').map((pair) => pair.split('=') as [string, string]));
  const wish = (name: string): number | undefined =>
    wishes.has(name) ? parseInt(wishes.get(name)!, 10) : undefined;
  const virtualHost = decodeURIComponent(path || '/');
  return { host, virtualHost, heartbeat: wish('heartbeat'), channelMax: wish('channelMax') ?? 0 };
}

function checkProtocol(protocol: string): void {
  if (protocol === 'amqps:') throw new NotSimulated('TLS is not simulated.');
  if (protocol !== 'amqp:') throw new Error(`Expected amqp: or amqps: as the protocol; got ${protocol}`);
}

const properties = {
  product: 'amqplib',
  version: '2.3.1',
  platform: 'Node.JS',
  information: 'https://amqp-node.github.io/amqplib/',
  capabilities: {
    publisher_confirms: true,
    exchange_exchange_bindings: true,
    'basic.nack': true,
    consumer_cancel_notify: true,
    'connection.blocked': true,
    authentication_failure_close: true,
  },
};

/** There for programs that name them; nobody checks who somebody is. */
const credentials = {
  plain: (username: string, password: string) => ({ mechanism: 'PLAIN', username, password }),
  amqplain: (username: string, password: string) => ({ mechanism: 'AMQPLAIN', username, password }),
  external: () => ({ mechanism: 'EXTERNAL' }),
};
