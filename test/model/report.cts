import { inspect } from 'node:util';

import { oddIn } from './census.cts';
import type { Run } from './run.cts';
import type { Search } from './search.cts';

const show = (value: unknown) => inspect(value, { depth: 8, breakLength: 110, compact: 5 });

const indent = (text: string) => text.replace(/^/gm, '    ');

/** A search as people read it; the last line says how it ended. */
export function report({ runs, failed, findings, census }: Search): string {
	const problems = census.tooSeldom().map((problem) => `Too seldom: ${problem}`);
	const all = [...findings].sort((a, b) => b.count - a.count);
	return [
		'Occurred',
		...census.lines(),
		...all.flatMap(({ claim, count, smallest: { run, detail } }) => [
			'',
			`${claim}: ${count} histories, for example with ${oddIn(run).join(', ') || 'nothing odd'} (${detail})`,
			indent(story(run)),
		]),
		...problems,
		`model: ${runs} histories, ${failed} counterexamples`,
	].join('\n');
}

/** Whether nothing was found, and everything that should occur occurred. */
export function isClean({ failed, census }: Search): boolean {
	return failed === 0 && census.tooSeldom().length === 0;
}

/** A history, what was sent, and what came out. */
function story({ history, world, rounds }: Run): string {
	const { people, items, oddities, ...rest } = history;
	return [
		show(rest),
		...people.map((person, number) => `person ${number}: ${show(person)}`),
		...items.map((item, number) => `item ${number}: ${show(item)}`),
		...oddities.map((oddity) => `oddity: ${show(oddity)}`),
		...world.events.map(({ request, tenant, oddity, got, changes, endedSessions }) =>
			[
				`> ${request.method} ${request.url}${tenant === 1 ? ' (second tenant)' : ''} ${request.body}`,
				`  < ${got}${oddity === undefined ? '' : `, by '${oddity}'`}`,
				...changes.map(({ id, from, to }) => `  ! ${id}: ${from} → ${to}`),
				...endedSessions.map((id) => `  ! session ${id} ended`),
			].join('\n'),
		),
		...rounds.map(({ outputs, error }) =>
			error === undefined
				? `= ${show(outputs)}`
				: `= thrown: ${String(error)} ${descriptionOf(error)}`,
		),
	].join('\n');
}

function descriptionOf(error: unknown): string {
	const { description } = error as { description?: string };
	return description ?? '';
}
