import { NodeHelpers, type INodeProperties } from 'n8n-workflow';

import { SERVICES, type ServiceNode } from '../../nodes/OffboardUser/services';

const nodes = SERVICES.map(({ node }) => node);

const operationsOf = ({ description }: ServiceNode['node']) => {
	const { options = [] } = description.properties.find(({ name }) => name === 'operation') ?? {};
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
};

/** What n8n tells a model about the node with this operation. */
const toolDescription = (node: ServiceNode['node'], operation: string) =>
	NodeHelpers.makeDescription({ resource: 'user', operation }, node.description);

const tools = nodes.flatMap((node) =>
	operationsOf(node).map((operation) => [node.description.displayName, operation, node] as const),
);

describe('as a tool for an agent', () => {
	it.each(tools)(
		'%s, %s: says what it does, where, and whether to fear a repeat',
		(name, operation, node) => {
			const description = toolDescription(node, operation);
			expect(description.toLowerCase()).toContain(operation);
			expect(description).toContain(`in ${name}`);
			expect(description).toContain(operation === 'get' ? 'changes nothing' : 'safe to repeat');
		},
	);

	it('has a description of its own for each of them', () => {
		const descriptions = tools.map(([, operation, node]) => toolDescription(node, operation));
		expect(new Set(descriptions).size).toBe(tools.length);
	});

	it.each(nodes.map((node) => [node.description.displayName, node] as const))(
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
				for (const mode of modes ?? []) {
					expect([name, mode.name, mode.placeholder]).toEqual([
						name,
						mode.name,
						expect.stringMatching(/.{5}/),
					]);
				}
			}
		},
	);
});
