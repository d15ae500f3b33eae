import { version } from 'n8n-core/package.json';

const [, engine = ''] = /^2\.(\d+)\./.exec(version) ?? [];

/** Whether the tests run in an engine of n8n 2.`minor` or newer. */
export function engineSince(minor: number): boolean {
	return Number(engine) >= minor;
}

/** A test of what n8n can only do since 2.`minor`. */
export function itSince(minor: number): jest.It {
	return engineSince(minor) ? it : it.skip;
}
