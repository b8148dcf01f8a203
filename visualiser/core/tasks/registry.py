"""The kinds of task: one line each."""

from visualiser.core.data.dataset import Dataset, TaskName
from visualiser.core.tasks import classification, forecasting, language, ranking, regression
from visualiser.core.tasks.spec import Task

TASKS: dict[TaskName, Task] = {
    task.name: task
    for task in (
        classification.TASK,
        regression.TASK,
        forecasting.TASK,
        language.TASK,
        ranking.TASK,
    )
}


def task_of(dataset: Dataset) -> Task:
    """What is to be done with a data set."""
    return TASKS[dataset.task]
