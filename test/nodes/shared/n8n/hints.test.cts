import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { addRunHints, type RunSummary } from '../../../../nodes/shared/n8n/hints';

/** What stands above the output of a run: the type and the text of each hint. */
function hintsAbove(run: Partial<RunSummary>): string[] {
	const hints: NodeExecutionHint[] = [];
	const context = { addExecutionHints: (...added: NodeExecutionHint[]) => hints.push(...added) };
	const summary = { results: [], dryRuns: 0, records: [], ...run };
	addRunHints(context as unknown as IExecuteFunctions, summary);
	expect(hints.every(({ location }) => location === 'outputPane')).toBe(true);
	return hints.map(({ type, message }) => `${type}: ${message}`);
}

const record = (verified: boolean, warning?: string) => ({
	outcome: 'deactivated' as const,
	verified,
	...(warning !== undefined && { warning }),
});
const people: Partial<RunSummary> = {
	results: ['complete', 'complete'],
	noun: ['person', 'people'],
};
const preview = { results: ['previewed'], dryRuns: 1 };
const unsure = { records: [record(false), record(true)] };
const planned = { records: [{ outcome: 'wouldDeactivate' as const, verified: false }] };
const dryRun = "info: 'Dry Run' is on";
const concluded = "concluded from the service's response, not verified.";

describe('the hints above the output', () => {
	it.each<[string, Partial<RunSummary>, string[]]>([
		['nothing of one user who is done', { results: ['deactivated'], records: [record(true)] }, []],
		[
			'how many are done and how many failed, the failed ones last',
			{ results: ['failed', 'deactivated', 'already deactivated', 'deactivated'] },
			['warning: 2 users deactivated, 1 already deactivated, 1 failed.'],
		],
		['that the only one failed', { results: ['failed'] }, ['warning: 1 user failed.']],
		['of whom it counts', people, ['info: 2 people complete.']],
		['that nothing was changed', preview, [`${dryRun}: nothing was changed.`]],
		[
			'for how many nothing was changed, and what needs attention first',
			{ results: ['deactivated', 'failed'], dryRuns: 1 },
			[
				'warning: 1 user deactivated, 1 failed.',
				`${dryRun} for 1 of 2 items: they changed nothing.`,
			],
		],
		['that a result is concluded', unsure, [`info: 1 result was ${concluded}`]],
		[
			'how to have results verified',
			{ records: [record(false), record(false)], canVerify: true },
			[`info: 2 results were ${concluded} Turn on 'Verify' to read the users again afterwards.`],
		],
		['nothing of a result that claims no change', planned, []],
		[
			'each warning once, as text, and that there are more',
			{ records: ['a < b & c', 'b', 'a < b & c', 'c', 'd'].map((text) => record(true, text)) },
			[
				...['a &lt; b &amp; c', 'b', 'c'].map((text) => `warning: ${text}`),
				"warning: 1 more: see 'warning' in the output.",
			],
		],
	])('say %s', (_, run, expected) => {
		expect(hintsAbove(run)).toEqual(expected);
	});
});
