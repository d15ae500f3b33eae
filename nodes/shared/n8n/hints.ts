import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { changesAccount, type OffboardingRecord, type Outcome } from '../model/record';

/** What a finished run has to say above its output. */
export interface RunSummary {
	/** What became of each input item, in words that complete 'user …': `deactivated`, `failed`. */
	results: readonly string[];
	/** What an item stands for: one and several. */
	noun?: readonly [one: string, several: string];
	/** Whether the node has the option `Verify`. */
	canVerify?: boolean;
	/** How many items changed nothing because of `Dry Run`. */
	dryRuns: number;
	/** All records of the run. */
	records: ReadonlyArray<Pick<OffboardingRecord, 'outcome' | 'verified' | 'warning'>>;
	/** How many entries of a list can't be read. */
	unreadable?: number;
}

/** The word for an item that failed. */
export const FAILED = 'failed';

/** Each outcome as a hint words it. */
export const RESULT_WORDS: Readonly<Record<Outcome, string>> = {
	deactivated: 'deactivated',
	alreadyDeactivated: 'already deactivated',
	wouldDeactivate: 'would be deactivated',
	reactivated: 'reactivated',
	alreadyActive: 'already active',
	wouldReactivate: 'would be reactivated',
	notFound: 'not found',
	found: 'found',
};

/** How many different warnings are shown; the output has all. */
const MAX_WARNINGS = 3;

/** Shows above the output what people should know before they trust it. */
export function addRunHints(context: IExecuteFunctions, run: RunSummary): void {
	const hints = hintsOf(run).map((hint) => ({ ...hint, location: 'outputPane' as const }));
	if (hints.length > 0) context.addExecutionHints(...hints);
}

function hintsOf(run: RunSummary): NodeExecutionHint[] {
	const hasFailed = run.results.includes(FAILED);
	const info = [
		...dryRunOf(run),
		...(run.results.length > 1 && !hasFailed ? [countsOf(run)] : []),
		...concludedOf(run),
	];
	const warnings = [
		...(hasFailed ? [countsOf(run)] : []),
		...unreadableOf(run),
		...warningsOf(run),
	];
	return [
		...warnings.map((message) => ({ message, type: 'warning' as const })),
		...info.map((message) => ({ message, type: 'info' as const })),
	];
}

function dryRunOf({ dryRuns, results }: RunSummary): string[] {
	if (dryRuns === 0) return [];
	const isAll = dryRuns === results.length;
	return isAll
		? ["'Dry Run' is on: nothing was changed."]
		: [`'Dry Run' is on for ${dryRuns} of ${results.length} items: they changed nothing.`];
}

function concludedOf({ records, canVerify = false }: RunSummary): string[] {
	const { length } = records.filter(
		({ outcome, verified }) => changesAccount(outcome) && !verified,
	);
	if (length === 0) return [];
	const subject = length === 1 ? '1 result was' : `${length} results were`;
	const advice = canVerify ? " Turn on 'Verify' to read the users again afterwards." : '';
	return [`${subject} concluded from the service's response, not verified.${advice}`];
}

/** As in `2 users deactivated, 1 failed.` */
function countsOf({ results, noun: [one, several] = ['user', 'users'] }: RunSummary): string {
	const counts = new Map<string, number>();
	// What needs attention comes last.
	for (const result of [...results].sort((a, b) => Number(a === FAILED) - Number(b === FAILED))) {
		counts.set(result, (counts.get(result) ?? 0) + 1);
	}
	const parts = [...counts].map(([result, count], index) =>
		index > 0 ? `${count} ${result}` : `${count} ${count === 1 ? one : several} ${result}`,
	);
	return `${parts.join(', ')}.`;
}

function unreadableOf({ unreadable = 0 }: RunSummary): string[] {
	if (unreadable === 0) return [];
	const subject = unreadable === 1 ? "1 entry can't" : `${unreadable} entries can't`;
	return [`${subject} be read. Each is an item with a 'warning' in the output.`];
}

function warningsOf({ records }: RunSummary): string[] {
	const warnings = [...new Set(records.flatMap(({ warning }) => warning ?? []))];
	const more = warnings.length - MAX_WARNINGS;
	return [
		...warnings.slice(0, MAX_WARNINGS).map(escapeHtml),
		...(more > 0 ? [`${more} more: see 'warning' in the output.`] : []),
	];
}

/** n8n shows hints as HTML, and a warning may hold a word of the service. */
function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
