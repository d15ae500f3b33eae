import type { IExecuteFunctions } from 'n8n-workflow';

import { executeOnDemand } from '../../../../nodes/shared/n8n/methods';

/** A node whose code is gone, as after the package was replaced while n8n runs. */
async function executed(continueOnFail: boolean) {
	const node = { id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0] };
	const context = {
		continueOnFail: () => continueOnFail,
		getInputData: () => [{ json: { email: 'kim@example.org' } }, { json: {} }],
		getNode: () => ({ ...node, parameters: {} }),
	};
	const execute = executeOnDemand(async () => await Promise.reject(new Error('no such file')));
	return await execute
		.call(context as unknown as IExecuteFunctions)
		.catch((error: unknown) => error);
}

describe('a node whose code cannot be loaded', () => {
	const message = "The code of this node can't be loaded";

	it('fails', async () => {
		const description = expect.stringContaining('n8n says: no such file') as string;
		expect(await executed(false)).toMatchObject({ message, description });
	});

	it('hands on each item as a failed one if the workflow continues', async () => {
		const failed = [0, 1].map((item) => ({ json: { error: message }, pairedItem: { item } }));
		expect(await executed(true)).toEqual([failed]);
	});
});
