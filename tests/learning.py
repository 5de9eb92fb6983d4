"""Logistic regression over named features, to weights that a person can read: shared by what is learned from labelled texts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

threadpool_limits(1)  # several threads add in an order of their own, and a weight on the edge of a step is then rounded otherwise

Row = Mapping[str, float]


STEP = 0.05
"""Weights are whole numbers of it."""


class Weighed:
    """One weight a feature and class, in whole steps.

    Args:
        rows: the features of each example, with how much of each it has.
        labels: the class of each; where an example may have several, the set of them.
        strength: how far weights may go; the less, the more cautious.
    """

    def __init__(self, rows: Sequence[Row], labels: Sequence[str] | Sequence[frozenset[str]], *, strength: float) -> None:
        """Learn the weights."""
        self.place = {name: number for number, name in enumerate(sorted({name for row in rows for name in row}))}
        shown = matrix(rows, self.place)
        self.classes = sorted({name for label in labels for name in ([label] if isinstance(label, str) else label)})
        several = not all(isinstance(label, str) for label in labels)
        wanted = [[name in label for label in labels] for name in self.classes] if several else [labels]
        models = [LogisticRegression(C=strength, max_iter=1000, random_state=0).fit(shown, column) for column in wanted]
        self.weights = np.round(np.vstack([model.coef_ for model in models]) / STEP).astype(int)
        self.bias = [round(float(value), 3) for model in models for value in model.intercept_]

    def odds(self, names: Iterable[str]) -> dict[str, float]:
        """Return, for each class, the logarithm of the odds of an example with these features, as the stored weights give it.

        Args:
            names: its features, each once.
        """
        columns = [self.place[name] for name in names if name in self.place]
        return dict(zip(self.classes, (self.weights[:, columns].sum(axis=1) * STEP + self.bias).tolist(), strict=True))

    def stored(self) -> dict[str, Any]:
        """Return the weights as a data file holds them: for each feature, numbers of classes, each followed by its weight in steps."""
        return {"classes": self.classes, "step": STEP, "bias": self.bias, "features": weighing(self.place, self.weights)}


class Chosen:
    """One weight a feature, in whole steps, by which the right one of several is chosen.

    Args:
        choices: for each choice the features of all that may be chosen, and the number of the right one.
        strength: how far weights may go; the less, the more cautious.
    """

    def __init__(self, choices: Sequence[tuple[Sequence[Row], int]], *, strength: float) -> None:
        """Learn the weights."""
        self.place = {name: number for number, name in enumerate(sorted({name for rows, _ in choices for row in rows for name in row}))}
        shown = matrix([row for rows, _ in choices for row in rows], self.place)
        starts = np.cumsum([0, *(len(rows) for rows, _ in choices)])[:-1]
        choice = np.repeat(np.arange(len(choices)), [len(rows) for rows, _ in choices])
        right = starts + [number for _, number in choices]

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            scores = shown @ weights
            scores -= np.maximum.reduceat(scores, starts)[choice]
            odds = np.exp(scores)
            wholes = np.add.reduceat(odds, starts)
            missing = np.log(wholes).sum() - scores[right].sum()
            slope = shown.T @ (odds / wholes[choice]) - np.asarray(shown[right].sum(axis=0)).ravel()
            return missing + weights @ weights / strength / 2, slope + weights / strength

        far = {"maxiter": 2000, "ftol": 1e-12, "gtol": 1e-8}  # so that a weight on the edge of a step is rounded the same each time
        learned = minimize(loss, np.zeros(len(self.place)), jac=True, method="L-BFGS-B", options=far)
        self.weights = np.round(learned.x[None, :] / STEP).astype(int)

    def stored(self) -> dict[str, Any]:
        """Return the weights as a data file holds them, with one class."""
        return {"classes": ["right"], "step": STEP, "bias": [0.0], "features": weighing(self.place, self.weights)}


def matrix(rows: Iterable[Row], place: Mapping[str, int]) -> csr_matrix:
    """Return a row for each example, with how much of each feature it has.

    Args:
        rows: the features of each example.
        place: the column of each feature; others are left out.
    """
    values, columns, ends = [], [], [0]
    for row in rows:
        known = [(place[name], value) for name, value in row.items() if name in place]
        columns += [column for column, _ in known]
        values += [value for _, value in known]
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(place)))


def weighing(place: Mapping[str, int], steps: np.ndarray) -> dict[str, list[int]]:
    """Return, for each feature that weighs anything, the numbers of classes, each followed by its weight in steps.

    Args:
        place: the column of each feature.
        steps: a row a class, in whole steps.
    """
    columns = {name: steps[:, column].tolist() for name, column in place.items() if steps[:, column].any()}
    return {name: [part for number, weight in enumerate(column) if weight for part in (number, weight)] for name, column in columns.items()}


def written(tables: Mapping[str, Mapping[str, Any]]) -> str:
    """Return tables of weights as JSON with a line for each feature."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {written_alone(table)}" for name, table in tables.items()) + "\n}\n"


def written_alone(table: Mapping[str, Any]) -> str:
    """Return a table of weights as JSON with a line for each feature."""
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(parts).replace(' ', '')}" for name, parts in table["features"].items()
    )
    head = json.dumps({key: value for key, value in table.items() if key != "features"}).removesuffix("}")
    return f'{head},\n"features": {{\n{lines}\n}}}}'
