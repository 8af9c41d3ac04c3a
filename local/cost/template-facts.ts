import * as v from 'valibot';
import { readAssembly } from '../runner/template/read-assembly.ts';
import { resourcesOfType } from '../runner/template/template.ts';
import type { Counts } from './counts.ts';

const functionProperties = v.object({ MemorySize: v.number() });
const scheduleProperties = v.object({ ScheduleExpression: v.string() });
/** An alarm on one metric names it; one on an expression has a list, of which the metrics are paid for. */
const alarmProperties = v.object({
  Metrics: v.optional(v.array(v.object({ MetricStat: v.optional(v.unknown()) }))),
});

/** What a synthesized stack has that is paid for by the month. */
export async function templateFacts(assemblyDirectory: string): Promise<Counts['template']> {
  const { template } = await readAssembly(assemblyDirectory);
  const propertiesOf = (type: string) =>
    resourcesOfType(template, type).map(([, { Properties }]) => Properties);
  const memory = propertiesOf('AWS::Lambda::Function').map(
    (properties) => v.parse(functionProperties, properties).MemorySize,
  );
  const alarms = propertiesOf('AWS::CloudWatch::Alarm').map((properties) =>
    v.parse(alarmProperties, properties),
  );
  const [schedule] = propertiesOf('AWS::Scheduler::Schedule');
  const expression = v.parse(scheduleProperties, schedule).ScheduleExpression;
  return {
    functions: memory.length,
    memoryMegabytes: Math.max(...memory),
    checkEveryMinutes: Number(/^rate\((\d+) minutes?\)$/.exec(expression)?.[1]),
    alarms: alarms.length,
    alarmMetrics: alarms.reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    dashboards: propertiesOf('AWS::CloudWatch::Dashboard').length,
    keys: propertiesOf('AWS::KMS::Key').length,
    secrets: propertiesOf('AWS::SecretsManager::Secret').length,
  };
}

function metricsOf({ Metrics }: v.InferOutput<typeof alarmProperties>): number {
  return Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
}
