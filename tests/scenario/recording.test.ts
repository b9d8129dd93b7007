import { describe, expect, test } from 'vitest';
import { fromJson, fromLink, linkCharactersMax, toJson, toLink } from '../../src/scenario/recording';
import { faultyRecording } from '../helpers/recordings';

const moment = { recording: faultyRecording(), time: 12_345_678, selection: 'kafka/shop-events/1' };

describe('a recording', () => {
  test('survives JSON', () => {
    expect(fromJson(toJson(moment.recording))).toEqual(moment.recording);
  });

  test('survives a link, which stays short', async () => {
    const link = await toLink(moment);
    expect(await fromLink(link)).toEqual(moment);
    expect(link.length).toBeLessThan(linkCharactersMax / 3);
    expect(link).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  test('refuses broken text, each with its own reason', async () => {
    const link = await toLink(moment);
    await expect(fromLink('')).rejects.toThrow(/another version/);
    await expect(fromLink('9abc')).rejects.toThrow(/another version/);
    await expect(fromLink(link.slice(0, 40))).rejects.toThrow(/damaged|cut short/);
    await expect(fromLink(link.slice(0, 3))).rejects.toThrow(/cut short|damaged/);
    await expect(fromLink(`1%%%`)).rejects.toThrow(/characters/);
    expect(() => fromJson('{')).toThrow(/not JSON/);
    expect(() => fromJson('{}')).toThrow(/Not a valid recording/);
    expect(() => fromJson('x'.repeat(3_000_000))).toThrow(/larger/);
  });

  test('names the place of a mistake', () => {
    const { recording } = moment;
    const broken = {
      ...recording,
      scenario: { ...recording.scenario, brokers: [{ name: 'k', kind: 'pigeon', topics: [] }] },
    };
    expect(() => fromJson(JSON.stringify(broken))).toThrow(/scenario\.brokers\.0\.kind/);
    const newer = { ...recording, scenario: { ...recording.scenario, version: 99 } };
    expect(() => fromJson(JSON.stringify(newer))).toThrow(/newer version/);
    const services = [...recording.scenario.services, recording.scenario.services[0]];
    expect(() =>
      fromJson(JSON.stringify({ ...recording, scenario: { ...recording.scenario, services } })),
    ).toThrow(/two processes/);
  });

  test('drops what does not belong, so that nothing unexpected travels on', () => {
    const text = toJson(moment.recording).replace(
      '{"engine"',
      '{"__proto__":{"polluted":1},"extra":1,"engine"',
    );
    expect(fromJson(text)).toEqual(moment.recording);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
