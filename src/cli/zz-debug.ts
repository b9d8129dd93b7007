import { loadLesson, loadScripts } from '../course/load';
import { endOf, scripted, startOf, probeStart } from '../course/runs';
import { engine } from '../scenario/recording';
import { createLocalHost } from '../scenario/local-host';
import { prove, unseenSeeds } from '../scenario/prove';
const mode = process.argv[2];
const { lesson } = await loadLesson('kafka-log', 'en');
const scripts = await loadScripts('kafka-log');
const goal = (process.argv[3] ?? 'a') as 'a' | 'b';
const start = startOf(lesson, goal === 'a' ? 'base' : 'fix', { engine, seed: lesson.seed });
if (mode === 'seeds') {
  const rec = scripted(start.recording, scripts.solution[goal]);
  const proofs = await prove({
    recording: rec,
    goal: lesson.goals[goal],
    seeds: unseenSeeds(lesson.seed, 20),
    endMs: endOf(rec, start.endMs),
  });
  for (const p of proofs)
    console.log(
      p.seed,
      p.judgement.verdict,
      JSON.stringify(
        p.judgement.clauses
          .filter((c) => c.verdict !== 'shown')
          .map((c) => [c.id, c.verdict, c.missing, c.at]),
      ),
    );
} else if (mode === 'facts') {
  const seed = Number(process.argv[4] ?? lesson.seed);
  const script =
    process.argv[5] === 'none'
      ? []
      : process.argv[5]
        ? (scripts.wrong.find((w) => w.id === process.argv[5]) ??
            scripts.detour.find((w) => w.id === process.argv[5]))!.script
        : scripts.solution[goal];
  const rec = { ...scripted(start.recording, script), seed };
  const host = await createLocalHost(rec);
  await host.viewAt(endOf(rec, start.endMs) * 1000, { cells: 40, lanes: {}, rows: 20 });
  const facts = await host.facts({});
  const bodies = await host.bodies();
  for (const f of facts)
    console.log(
      String(f.id).padStart(4),
      (f.time / 1e6).toFixed(3).padStart(8),
      f.process.padEnd(12),
      f.kind.padEnd(11),
      f.type.padEnd(22),
      f.subject.padEnd(22),
      f.message >= 0 ? bodies[f.message].label + '/' + bodies[f.message].key : '-',
      f.position,
      f.amount,
      f.group,
      f.detail,
      '<' + f.cause,
    );
} else if (mode === 'probe') {
  const probe = process.argv[3] === 'w' ? lesson.warmups[0] : lesson.transfer;
  const rec = { ...probeStart(probe, { engine, seed: Number(process.argv[4] ?? probe.seed) }).recording };
  const host = await createLocalHost(rec);
  await host.viewAt(probe.scenario.endMs * 1000, { cells: 40, lanes: {}, rows: 20 });
  const facts = await host.facts({});
  const bodies = await host.bodies();
  for (const f of facts)
    console.log(
      String(f.id).padStart(4),
      (f.time / 1e6).toFixed(3).padStart(8),
      f.process.padEnd(12),
      f.kind.padEnd(11),
      f.type.padEnd(22),
      f.subject.padEnd(22),
      f.message >= 0 ? bodies[f.message].label : '-',
      f.position,
      f.amount,
      f.group,
      f.detail,
    );
} else if (mode === 'view') {
  const host = await createLocalHost(start.recording);
  const v = await host.viewAt(Number(process.argv[4]) * 1000, { cells: 12, lanes: {}, rows: 12 });
  console.log(JSON.stringify(v, null, 1));
}
if (mode === 'search') {
  for (let seed = 1; seed <= 400; seed++) {
    const host = await createLocalHost({ ...start.recording, seed });
    await host.viewAt(40_000_000, { cells: 4, lanes: {}, rows: 4 });
    const facts = await host.facts({});
    const acc = [0, 1, 2].map((p) =>
      facts.filter((f) => f.kind === 'accepted' && f.subject.endsWith('/' + p)).map((f) => f.time / 1e6),
    );
    const read = (g: string, p: number, t0: number, t1: number) =>
      facts
        .filter(
          (f) =>
            f.kind === 'delivered' &&
            f.group === g &&
            f.subject.endsWith('/' + p) &&
            f.time / 1e6 >= t0 &&
            f.time / 1e6 < t1,
        )
        .map((f) => f.position);
    const before = [0, 1, 2].map((p) => read('cache', p, 0, 4.2).length);
    const search = [0, 1, 2].map((p) => read('search', p, 0, 11).length);
    const counts = acc.map((a) => a.length);
    const early = acc.map((a) => a.filter((t) => t < 18).length);
    const b = acc[1].filter((t) => t > 14 && t < 22).length;
    if (
      before[0] === 2 &&
      search[0] >= 4 &&
      search[0] <= 5 &&
      Math.min(...search) >= 2 &&
      Math.min(...counts) >= 9 &&
      b >= 3 &&
      new Set(facts.filter((f) => f.kind === 'accepted').map((f) => f.message)).size === 30
    )
      console.log(seed, 'cache before', before, 'search by 11', search, 'counts', counts, 'b', b);
  }
}
if (mode === 'say') {
  const { words } = await loadLesson('kafka-log', 'en');
  const { voiceOf } = await import('../app/learn/voice');
  const { clauseSentence } = await import('../judge/sentence');
  const v = voiceOf(words, lesson.scenario);
  for (const g of [lesson.goals.a, lesson.goals.b])
    for (const c of g.clauses) console.log(g.id, c.id, '|', clauseSentence(c, v));
}
