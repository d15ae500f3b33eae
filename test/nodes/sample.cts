import type { Service } from '../../nodes/shared/users/service';
import type { ScriptedAnswer } from './scriptedRun.cts';

export { byEmail, byId } from '../harness/locators.cts';

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
	/** What the change is answered with if it is done already; absent where nothing tells that. */
	already?: ScriptedAnswer;
	/** Answers to what is asked before a change without an answer is repeated. */
	beforeRepeat?: ScriptedAnswer[];
	/** All paths that the service documents and the node needs. */
	paths: RegExp;
	/** How the service answers about its users, if it can be asked. */
	users?: UserAnswers;
}

/** How a service that can be asked about its users answers; the user is that of the sample, Kim. */
export interface UserAnswers {
	userId: string;
	otherId: string;
	/** The users that a look-up by email finds, as [id, email] pairs. */
	found(...users: Array<[string, string]>): ScriptedAnswer;
	/** One user, read by ID. */
	user(state: 'active' | 'deactivated', email?: string): ScriptedAnswer;
	reactivated: ScriptedAnswer;
	/** To whom is active: the refusal, or the user where that is read first. */
	alreadyActive: ScriptedAnswer;
	userNotFound: ScriptedAnswer;
}

/** The address of the user in all samples. */
export const EMAIL = 'kim.lee@example.org';
