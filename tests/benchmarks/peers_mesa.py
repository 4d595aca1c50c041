"""Word of mouth in Mesa 3: two phases with ``AgentSet.do``, nothing shuffled, adopters counted as they adopt.

Started by the benchmark in the environment of the peers. Three styles:

- "ask": everybody asks its contacts in each period, as models in Mesa are usually written; contacts are lists;
- "space": the same, with contacts found in Mesa's network space, as in its examples;
- "tell": adopters tell their contacts once, who count; adopters are left out. The way of the package, and the fastest.
"""

from collections.abc import Callable
from typing import Any

from tests.benchmarks.peers import graph_of, links_of, report_steps


def build(settings: dict[str, Any], seed: int) -> Callable[[], float]:
    """Return the step of a model with the given links."""
    import mesa
    from mesa.agent import AgentSet
    from mesa.discrete_space import FixedAgent, Network

    class WordOfMouth(mesa.Model):
        def __init__(self):
            super().__init__(seed=seed)
            self.innovation, self.imitation, self.adopters = settings["innovation"], settings["imitation"], 0

        def step(self):
            self.agents.do("decide")
            self.agents.do("adopt")

    class Stakeholder(FixedAgent):
        def __init__(self, model):
            super().__init__(model)
            self.has_adopted = self.decides = False
            self.contacts = []

        def decide(self):
            if not self.has_adopted:
                model, contacts = self.model, self.contacts
                heard = sum([contact.has_adopted for contact in contacts])
                self.decides = model.random.random() < model.innovation + model.imitation * heard / len(contacts)

        def adopt(self):
            if self.decides:
                self.has_adopted, self.decides = True, False
                self.model.adopters += 1

    class StakeholderInSpace(Stakeholder):
        def decide(self):
            if not self.has_adopted:
                model = self.model
                said = [contact.has_adopted for contact in self.cell.neighborhood.agents]
                self.decides = model.random.random() < model.innovation + model.imitation * sum(said) / len(said)

    class TellingWordOfMouth(WordOfMouth):
        def step(self):
            self.new = []
            self.undecided.do("decide")
            AgentSet(self.new, random=self.random).do("adopt")

    class TellingStakeholder(Stakeholder):
        def __init__(self, model):
            super().__init__(model)
            self.heard = 0

        def decide(self):
            model = self.model
            if model.random.random() < model.innovation + model.imitation * self.heard / len(self.contacts):
                model.new.append(self)

        def adopt(self):
            self.model.undecided.remove(self)
            self.model.adopters += 1
            for contact in self.contacts:
                contact.heard += 1

    links, style = links_of(settings), settings["style"]
    model = TellingWordOfMouth() if style == "tell" else WordOfMouth()
    kind = {"ask": Stakeholder, "space": StakeholderInSpace, "tell": TellingStakeholder}[style]
    everybody = list(kind.create_agents(model, len(links)))
    if style == "space":
        space = Network(graph_of(links), capacity=1, random=model.random)
        for stakeholder, cell in zip(everybody, space.all_cells, strict=True):
            stakeholder.cell = cell
    else:
        for stakeholder, contacts in zip(everybody, links, strict=True):
            stakeholder.contacts = [everybody[j] for j in contacts]
    if style == "tell":
        model.undecided = AgentSet(everybody, random=model.random)

    def step() -> float:
        model.step()
        return float(model.adopters / len(everybody))

    return step


if __name__ == "__main__":
    report_steps(build, "mesa")
