// Loaded into n8n's process before n8n itself: when the tool that started it is gone, however it
// ended, n8n stops too, with the task runner that n8n starts. It is the head of its process group.
const GRACE_MS = 10_000;

const own = process.platform === 'win32' ? process.pid : -process.pid;

process.on('disconnect', () => {
	process.kill(own, 'SIGTERM');
	setTimeout(() => process.kill(own, 'SIGKILL'), GRACE_MS).unref();
});
