import type { INodeProperties } from 'n8n-workflow';

/** A required field whose value n8n hides and stores encrypted. */
export function secretField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
): INodeProperties {
	return {
		...field,
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
	};
}
