import type { Service } from '../../nodes/shared/users/service';
import type { ScriptedAnswer } from './scriptedRun.cts';

export { byEmail, byId } from '../harness/locators.cts';

/** A service with input and answers that lead to a deactivated account. */
export interface Sample {
	service: Service;
	parameters: Record<string, unknown>;
	/** Answers to what is asked once for the whole run. */
	once: ScriptedAnswer[];
	/** Answers to what is asked before an account given by ID is changed. */
	before: ScriptedAnswer[];
	/** Answer to the change itself. */
	success: ScriptedAnswer;
	/** What the change is answered with if it is done already; absent where nothing tells that. */
	already?: ScriptedAnswer;
	/** Answers to what is asked to confirm that. */
	confirmed?: ScriptedAnswer[];
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
	user(state: 'active' | 'deactivated', email?: string, id?: string): ScriptedAnswer;
	/** The user that the credential belongs to. */
	own(id: string): ScriptedAnswer;
	/** The answer to a deactivation of this user. */
	deactivated(id: string): ScriptedAnswer;
	reactivated: ScriptedAnswer;
	/** To whom is active: the refusal, or the user where that is read first. */
	alreadyActive: ScriptedAnswer;
	userNotFound: ScriptedAnswer;
	/** What the credential is allowed to do, where that is asked when nobody was found. */
	permissions?: Record<'all' | 'none', ScriptedAnswer>;
}

/** The address of the user in all samples. */
export const EMAIL = 'kim.lee@example.org';
