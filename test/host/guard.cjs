/**
 * Loaded into n8n before n8n itself: ends it when the process that started it is gone, even if that
 * one was killed and could not clean up. At once and with its task runner: an orderly shutdown gets
 * stuck, for its messages reach nobody, and in a temporary folder there is nothing to save.
 */
const leader = process.platform === 'win32' ? process.pid : -process.pid;
process.once('disconnect', () => process.kill(leader, 'SIGKILL'));
// Listening must not keep n8n running when it is done. Its worker threads have no channel.
process.channel?.unref();
