import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { OffboardUser } from '../../../nodes/OffboardUser/OffboardUser.node';
import { SERVICE_NAMES } from '../../simulators/index.cts';
import { DESCRIPTIONS } from './descriptions.cts';
import type { Desk } from './desk.cts';
import type { EditorPage } from './editor.cts';
import { EVERYWHERE } from './offboard-user.cts';
import { credentialsFor, OURS, workflowWith } from './workflows.cts';

const NODES = [
	...SERVICE_NAMES.map((name) => ({
		name,
		description: DESCRIPTIONS[name],
		parameters: {},
		credentials: credentialsFor(name),
	})),
	{
		name: 'offboardUser' as const,
		description: new OffboardUser().description,
		parameters: EVERYWHERE,
		credentials: credentialsFor(...SERVICE_NAMES),
	},
];

function propertyOf({ properties }: INodeTypeDescription, name: string): INodeProperties[] {
	const found = properties.find((property) => property.name === name);
	return (found?.options ?? []) as INodeProperties[];
}

/** Any other value than the default. */
function changed({ type, default: preset, options = [] }: INodeProperties): unknown {
	if (type === 'boolean') return preset !== true;
	if (type === 'number') return Number(preset) + 1;
	const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
	return values.find((value) => value !== preset) ?? 'ceo@example.org';
}

/** What somebody set stays, whatever operation they look at. */
export function describeOptions(desk: Desk): void {
	test.each(NODES)(
		'$name keeps all options and credentials when the operation changes forth and back',
		async ({ name, description, parameters, credentials }) => {
			const set = propertyOf(description, 'options');
			const options = Object.fromEntries(set.map((option) => [option.name, changed(option)]));
			const seen = async ({ node }: EditorPage) =>
				await Promise.all(set.map(async (one) => [one.name, await node.valueOf(one.name)]));
			await desk.use(`${name} keeps options`, async (editor) => {
				const facts = { parameters: { ...parameters, options }, credentials };
				await editor.openWorkflow(await desk.saveWorkflow(workflowWith(name, facts)));
				const node = await editor.openNode(OURS);
				const before = await seen(editor);
				const chosen = await node.credentials();
				expect(chosen).toHaveLength(Object.keys(credentials).length);
				const [first, ...others] = propertyOf(description, 'operation');
				for (const operation of [...others, first]) {
					await node.openChoices('operation');
					await node.choose(operation?.name ?? '');
					expect(await seen(editor)).toEqual(before);
				}
				expect(await node.credentials()).toEqual(chosen);
			});
		},
	);
}
