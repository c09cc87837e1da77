"""Work that Act-On goes on with after its answer, and how far it is."""

from dragoman.kernel import jsons
from dragoman.kernel.clock import SECOND
from dragoman.simulator.acton import answers
from dragoman.simulator.acton.call import Call
from dragoman.simulator.acton.state import Job
from dragoman.simulator.exchange import Answer, as_json
from dragoman.simulator.routes import Route

LIST, TOUCHPOINTS = "list", "customevents"


def start(call: Call, surface: str) -> Job:
    """Begin a job that is ready after the time that is set; its details are told from then on."""
    ready = call.now + round(call.world.settings.acton_job_seconds * SECOND)
    number = str(int(call.world.mint.hexadecimal("job", 8), 16))
    job = Job(number, call.account, surface, ready)
    call.state.jobs[job.id] = job
    return job


def status(call: Call) -> Answer:
    """How a job is; `details` appear when it is done, and so does their copy as text."""
    surface = call.request.path.split("/")[3]
    job = call.state.jobs.get(call.params["jobid"])
    if job is None or (job.account, job.surface) != (call.account, surface):
        raise answers.no_job()
    if call.now < job.ready:
        return as_json(200, {"status": "success", "jobDetails": ""})
    text = jsons.encode(job.details).decode()
    return as_json(200, {"status": "success", "jobDetails": text, "details": job.details})


ROUTES = (
    Route("GET", f"/api/1/{LIST}/{{jobid}}/status", status),
    Route("GET", f"/api/1/{TOUCHPOINTS}/{{jobid}}/status", status),
)
