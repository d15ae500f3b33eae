import fc from 'fast-check';
import { WorkflowHasIssuesError } from 'n8n-core';
import type { IDataObject, INode } from 'n8n-workflow';

import { NODE_NAME, runNode } from '../harness/runNode.cts';
import { credentialOf, LOOK_UP, SUBJECTS } from '../harness/subjects.cts';
import { startSimulators, type Simulators } from '../simulators/index.cts';
import { holds } from './check.cts';
import { expectWhole, fieldsOf } from './simulated.cts';
import { hostileLocator, hostileText } from './values.cts';

jest.setTimeout(60_000);

let simulators: Simulators;

beforeAll(async () => {
	simulators = await startSimulators();
});

afterAll(async () => await simulators.close());

/** n8n checks a saved locator before anything of ours runs, and for that calls `toString` of its value. */
function canBeStored(locator: object): boolean {
	const { value } = locator as { value?: unknown };
	return typeof value !== 'object' || value === null || !Object.hasOwn(value, 'toString');
}

const answer = fc.record({
	status: fc.constantFrom(200, 203, 301, 400, 404, 422),
	body: fc.oneof(hostileText, fc.constantFrom('\ufeff{}', '<html>', '{"a":'.repeat(10))),
	headers: fc.constantFrom<Record<string, string>>(
		{ 'content-type': 'application/json; charset=utf-16' },
		{ 'content-type': 'multipart/form-data' },
		{ 'content-encoding': 'gzip' },
		{ 'content-encoding': 'br', 'set-cookie': 'a=b' },
	),
});

it.each(LOOK_UP)(
	"%s outputs each item once in n8n's engine, whatever is stored or answered",
	async (name) => {
		const stored = hostileLocator.filter(canBeStored);
		const user = fc.oneof(stored, fc.constant(fieldsOf(name).userId));
		await holds(25, fc.tuple(user, fc.option(answer)), async ([userId, odd]) => {
			simulators.reset();
			if (odd) simulators[name].next({ kind: 'status', ...odd }, { times: Infinity });
			const parameters = {
				...SUBJECTS[name].parameters({ email: 'x' }),
				userId,
			} as INode['parameters'];
			const execution = await runNode({
				node: name,
				parameters: { ...parameters, options: { maxRetries: 0 } },
				credentials: credentialOf(name, simulators[name].baseUrl),
				settings: { onError: 'continueErrorOutput' },
			}).catch((error: unknown) => {
				// n8n itself does not begin with a required field that is empty.
				if (error instanceof WorkflowHasIssuesError) return undefined;
				throw error;
			});
			if (!execution) return;
			const items = execution.output(NODE_NAME).flat();
			const [came] = expectWhole(name, items as Array<{ json: IDataObject }>, 1);
			if (odd) expect(came).toHaveProperty('reason');
		});
	},
);
