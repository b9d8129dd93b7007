import type { Scenario, ServiceSpec } from './scenario';

/** A target is a service, a role, or a consumer group. */
export function targetsOf(scenario: Scenario, target: string): readonly ServiceSpec[] {
  const named = scenario.services.filter(({ name }) => name === target);
  if (named.length > 0) return named;
  const inRole = scenario.services.filter(({ role }) => role === target);
  if (inRole.length > 0) return inRole;
  return scenario.services.filter(({ parts }) =>
    parts.some(({ options }) => options?.['groupId'] === target),
  );
}
