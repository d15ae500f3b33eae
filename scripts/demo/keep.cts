import { LEAVER_WORKFLOW_ID } from '../../test/host/offboarding.cts';
import type { RunningCommand } from '../../test/host/command.cts';
import type { Instance } from '../../test/host/instance.cts';
import { setUpOwner } from '../../test/host/owner.cts';

/** An n8n that people can use in the browser. */
export interface OpenEditor {
	readonly server: RunningCommand;
	/** Where the workflow is and how to sign in. */
	readonly invitation: string;
}

/** Starts n8n with somebody who can sign in. */
export async function openEditor(instance: Instance): Promise<OpenEditor> {
	const server = await instance.start();
	const { email, password } = await setUpOwner(instance.url);
	return {
		server,
		invitation: [
			'n8n is running, and nobody is deactivated yet: press Execute workflow and watch.',
			`  Open      ${instance.url}/workflow/${LEAVER_WORKFLOW_ID}`,
			`  E-mail    ${email}`,
			`  Password  ${password}`,
			'Ctrl-C ends everything.',
		].join('\n'),
	};
}
