import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, selectors, type Browser } from 'playwright-core';
import { Problem } from '../../host/problem.cts';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** Starts the Chromium of this machine. It reaches this machine and nothing else. */
export async function launchChromium(): Promise<Browser> {
	// n8n's own marks.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: findChromium(),
		// Cheaper than a look at every request, and leaves the browser its cache.
		args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
	});
}

function findChromium(): string {
	const { CHROMIUM, PATH = '' } = process.env;
	const candidates = [
		...(CHROMIUM === undefined ? [] : [CHROMIUM]),
		...PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
	];
	const found = candidates.find((candidate) => existsSync(candidate));
	if (found === undefined) {
		throw new Problem(
			'The browser tests need Chromium. On Debian and Ubuntu: sudo apt-get install chromium\n' +
				'Or set CHROMIUM to the path of a Chromium or Chrome.',
		);
	}
	return found;
}
