import type { Scenario, ServiceSpec } from './scenario';

/** Stands for every service; what has no such part is left alone. */
const everyService = '*';

/** A target is a service, a role, a consumer group, or "*". */
export function targetsOf(scenario: Scenario, target: string): readonly ServiceSpec[] {
  if (target === everyService) return scenario.services;
  const named = scenario.services.filter(({ name }) => name === target);
  if (named.length > 0) return named;
  const inRole = scenario.services.filter(({ role }) => role === target);
  if (inRole.length > 0) return inRole;
  return scenario.services.filter(({ parts }) =>
    parts.some(({ options }) => options?.['groupId'] === target),
  );
}
