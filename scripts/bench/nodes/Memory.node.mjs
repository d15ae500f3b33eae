import { describe } from './node.mjs';

/** The most memory that n8n's process has had so far. */
export class Memory {
	description = describe('Memory', []);

	async execute() {
		return [[{ json: { peakKilobytes: process.resourceUsage().maxRSS } }]];
	}
}
