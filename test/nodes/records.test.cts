import type { IDataObject } from 'n8n-workflow';

import { REASONS } from '../../scripts/docs/meanings.cts';
import { subjectOf, subjects } from './goodAnswers.cts';
import { nodeOf, recordProblems, schemaProblems } from './record.cts';
import { EMAIL } from './sample.cts';
import { scriptedRun, SECRET } from './scriptedRun.cts';
import { byEmail, byId } from './services.cts';

/** What may stand in one place of an answer; `undefined`: nothing. */
const ODD = [undefined, null, '', SECRET, 7, {}, [null]];

const OPTIONS = [{ dryRun: true }, { verify: true, endSessions: true }];

const runs = Object.entries(subjects).flatMap(([name, { service, users }]) =>
	Object.keys(service.operations).flatMap((operation) =>
		(users && operation !== 'getAll' ? [byId(users.userId), byEmail(EMAIL)] : [undefined]).map(
			(userId) => [name, operation, userId?.mode ?? 'itself', userId] as const,
		),
	),
);

/** The body with another value at one place; nothing if it has no such place. */
function withOdd(body: unknown, place: number, value: unknown): unknown {
	const copy: unknown = structuredClone(body);
	const places: Array<readonly [object, string]> = [];
	JSON.stringify(copy, function (this: object, key, inner: unknown) {
		if (key !== '') places.push([this, key]);
		return inner;
	});
	const [parent, key] = places[place] ?? [];
	if (!parent || key === undefined) return undefined;
	Object.assign(parent, { [key]: value });
	return copy;
}

describe.each(runs)('%s, %s, by %s', (name, operation, _, userId) => {
	const { service, parameters, answers } = subjectOf(name);
	const form = { ...(userId && { userId }), role: 'member', returnAll: true, states: [] };

	/** One item; the answer to one request is odd at one place, if it has such a place. */
	async function run(options: object, odd?: { request: number; place: number; value: unknown }) {
		const answer = answers(operation);
		let [asked, isOdd] = [0, false];
		const { output } = await scriptedRun(service, {
			parameters: { ...parameters, includeSummary: true, ...form, operation, options },
			continueOnFail: true,
			answers: (request) => {
				const good = answer(request);
				if (asked++ !== odd?.request || !('body' in good)) return good;
				const body = withOdd(good.body, odd.place, odd.value);
				isOdd = body !== undefined;
				return isOdd ? { ...good, body } : good;
			},
		});
		return { items: output.map(({ json }) => json), asked, isOdd };
	}

	function problems(item: IDataObject): string[] {
		if (operation !== 'getAll') return recordProblems(name, item);
		return schemaProblems(nodeOf(name), operation, item);
	}

	it('gives a record of the documented form, or an error, whatever an answer holds', async () => {
		for (const options of OPTIONS) {
			const { items, asked } = await run(options);
			expect(items.flatMap(problems)).toEqual([]);
			for (let [request, place] = [0, 0]; request < asked; place++) {
				for (const value of ODD) {
					const came = await run(options, { request, place, value });
					for (const item of came.items) expectWhole(item);
					if (came.isOdd) continue;
					[request, place] = [request + 1, -1];
					break;
				}
			}
		}
	});

	function expectWhole(item: IDataObject): void {
		expect(JSON.stringify(item)).not.toContain(SECRET);
		if (item.outcome !== 'failed') {
			expect(problems(item)).toEqual([]);
			return;
		}
		expect(Object.keys(REASONS)).toContain(item.reason);
		// An app with SCIM goes by its host.
		expect(item.error).toMatch(
			/^(Langdock|Odeus|Aitronos|ZITADEL|awork|service\.example\.org)[: ]./,
		);
		// Neither a crash that was caught, nor somebody without a name.
		expect(item.error).not.toMatch(/Something unexpected happened|''/);
	}
});
