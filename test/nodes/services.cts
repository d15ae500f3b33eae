import { aitronos } from '../../nodes/Aitronos/aitronos';
import { awork } from '../../nodes/Awork/awork';
import { langdock } from '../../nodes/Langdock/langdock';
import { odeus } from '../../nodes/Odeus/odeus';
import type { Service } from '../../nodes/shared/service';
import { zitadel } from '../../nodes/Zitadel/zitadel';
import type { ScriptedAnswer } from './scriptedRun.cts';

/** A service with input and answers that lead to a deactivated account. */
export interface Sample {
	service: Service;
	parameters: Record<string, unknown>;
	/** Answers to what is asked once for the whole run. */
	once: ScriptedAnswer[];
	/** Answers to what is asked before each account is changed. */
	before: ScriptedAnswer[];
	/** Answer to the change itself. */
	success: ScriptedAnswer;
}

export const AWORK_USER_ID = '6f1c3c1e-9d0b-4d7a-8a51-0d4f3f0c2b11';

export const aworkUser = {
	id: AWORK_USER_ID,
	isDeactivated: false,
	isArchived: false,
	status: { invitationAccepted: true, isDeactivated: false },
	userContactInfos: [
		{ type: 'phone', subType: 'work', value: '+49 1' },
		{ type: 'email', subType: 'private', value: 'kim@home.example' },
		{ type: 'email', subType: 'work', value: 'kim.lee@example.org' },
	],
};

/** A locator in the mode By ID. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** A locator in the mode By Email. */
export const byEmail = (value: unknown) => ({ __rl: true, mode: 'email', value });

const email = 'kim.lee@example.org';
const memberDeactivated = { status: 200, body: { status: 'success', message: 'User deactivated' } };

/** The credential's own user at ZITADEL. */
export const zitadelMe = { status: 200, body: { user: { id: '1' } } };

export const samples: Record<string, Sample> = {
	langdock: {
		service: langdock,
		parameters: { email },
		once: [],
		before: [],
		success: memberDeactivated,
	},
	odeus: {
		service: odeus,
		parameters: { email },
		once: [],
		before: [],
		success: memberDeactivated,
	},
	aitronos: {
		service: aitronos,
		parameters: {
			organizationId: byId('org_1'),
			userId: byId('usr_1'),
			transferResourcesToDepartmentId: byId('dept_2'),
		},
		once: [],
		before: [],
		success: {
			status: 200,
			body: { id: 'usr_1', email, account_state: 'deactivated', deactivated_at: null },
		},
	},
	zitadel: {
		service: zitadel,
		parameters: { userId: byId('163840776835432705') },
		once: [zitadelMe],
		before: [],
		success: {
			status: 200,
			body: { details: { sequence: '7', changeDate: '2026-11-01T08:00:00Z', resourceOwner: '1' } },
		},
	},
	awork: {
		service: awork,
		parameters: { userId: byId(AWORK_USER_ID), includeSummary: false },
		once: [],
		before: [{ status: 200, body: aworkUser }],
		success: { status: 204 },
	},
};

/** The sample of one service. */
export function sampleOf(name: string): Sample {
	const sample = samples[name];
	if (!sample) throw new Error(`no sample of ${name}`);
	return sample;
}
