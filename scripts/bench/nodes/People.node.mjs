import { describe } from './node.mjs';

/** The people that every side is to deactivate, numbered from 0 where the pattern has an asterisk. */
export class People {
	description = describe('People', [
		{ displayName: 'Count', name: 'count', type: 'number', default: 0 },
		{ displayName: 'Pattern', name: 'pattern', type: 'string', default: '' },
	]);

	async execute() {
		const length = this.getNodeParameter('count', 0);
		const pattern = this.getNodeParameter('pattern', 0);
		return [
			Array.from({ length }, (_, number) => ({ json: { email: pattern.replace('*', number) } })),
		];
	}
}
