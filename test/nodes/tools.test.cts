import { NodeHelpers, type INodeProperties } from 'n8n-workflow';

import { SERVICES } from '../../nodes/OffboardUser/services';
import { first, scriptedRun, type ScriptedRun } from './scriptedRun.cts';
import { sampleOf } from './services.cts';

const tools = SERVICES.flatMap(({ service, node }) =>
	Object.keys(service.operations).map(
		(operation) => [node.description.displayName, operation, node.description] as const,
	),
);

describe('as a tool for an agent', () => {
	it.each(tools)(
		'%s, %s: says what it does, where, and whether to fear a repeat',
		(name, operation, node) => {
			const description = NodeHelpers.makeDescription({ resource: 'user', operation }, node);
			const verb = operation === 'getAll' ? 'get many' : operation;
			expect(description.toLowerCase()).toContain(verb);
			expect(description).toContain(`in ${name}`);
			// With the name of the service, each has a description of its own.
			expect(description).toContain(
				operation.startsWith('get') ? 'changes nothing' : 'safe to repeat',
			);
		},
	);

	it.each(SERVICES.map(({ node }) => [node.description.displayName, node] as const))(
		'%s: explains every field that a model may fill, with an example where it is a text',
		(_, { description }) => {
			const fields = description.properties.flatMap((property): INodeProperties[] =>
				property.type === 'collection'
					? ((property.options ?? []) as INodeProperties[])
					: property.type === 'notice' || property.noDataExpression
						? []
						: [property],
			);
			expect(fields.length).toBeGreaterThan(5);
			for (const { name, description: text, placeholder, type, modes } of fields) {
				expect([name, text]).toEqual([name, expect.stringMatching(/.{15}/)]);
				if (type === 'string')
					expect([name, placeholder]).toEqual([name, expect.stringMatching(/^e\.g\. /)]);
				for (const mode of modes ?? [])
					expect([name, mode]).toEqual([
						name,
						expect.objectContaining({ placeholder: expect.stringMatching(/.{5}/) as string }),
					]);
			}
		},
	);
});

describe.each([2, 3] as const)('as a tool of an AI Agent of version %s, a node', (asToolOf) => {
	const { service, parameters, once } = sampleOf('zitadel');
	const long = 'x'.repeat(301);
	const run = async (answers: ScriptedRun['answers'], output = 'record') =>
		await scriptedRun(service, {
			parameters: { ...parameters, options: { output } },
			answers,
			asToolOf,
		});

	it.each([
		['simplified', undefined],
		['record', { response: { details: { [`${'x'.repeat(300)}…`]: [`${'x'.repeat(300)}…`, 1] } } }],
		['raw', { details: { [`${'x'.repeat(300)}…`]: [`${'x'.repeat(300)}…`, 1] } }],
	])('hands on no long text of the service (%s)', async (form, expected) => {
		const { output, hints } = await run(
			[...once, { status: 200, body: { details: { [long]: [long, 1] } } }],
			form,
		);
		expect(output[0]?.json).toMatchObject(expected ?? { outcome: 'deactivated' });
		expect(JSON.stringify(output)).not.toContain(long);
		expect(hints).toEqual([]);
	});

	it('never stops: the model has to read what happened', async () => {
		const { output } = await run([...once, { status: 403, body: { message: long } }]);
		expect(output[0]?.json).toMatchObject({ outcome: 'failed', reason: 'forbidden' });
		expect(JSON.stringify(output)).not.toContain(long);
	});
});

it('people get the whole response, and hints', async () => {
	const { service, parameters, once, success } = sampleOf('zitadel');
	const result = await scriptedRun(service, { parameters, answers: [...once, success] });
	expect(first(result)).toHaveProperty('response');
	expect(result.hints).toHaveLength(1);
});
