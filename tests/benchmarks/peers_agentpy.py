"""Word of mouth in AgentPy: two phases over an ``AgentList``, adopters counted as they adopt.

Started by the benchmark in the environment of the peers. Three styles:

- "ask": everybody asks its contacts in each period, as models in AgentPy are usually written; contacts are lists;
- "space": the same, with contacts found in AgentPy's network, as in its examples;
- "tell": adopters tell their contacts once, who count; adopters are left out. The way of the package, and the fastest.
"""

from collections.abc import Callable
from typing import Any

from tests.benchmarks.peers import graph_of, links_of, report_steps


def build(settings: dict[str, Any], seed: int) -> Callable[[], float]:
    """Return the step of a model with the given links."""
    import agentpy

    links, style = links_of(settings), settings["style"]

    class Stakeholder(agentpy.Agent):
        def setup(self):
            self.has_adopted = self.decides = False
            self.heard = 0
            self.contacts = []

        def decide(self):
            if not self.has_adopted:
                p, contacts = self.p, self.contacts
                heard = sum([contact.has_adopted for contact in contacts])
                self.decides = self.model.random.random() < p.innovation + p.imitation * heard / len(contacts)

        def adopt(self):
            if self.decides:
                self.has_adopted, self.decides = True, False
                self.model.adopters += 1

    class StakeholderInNetwork(Stakeholder):
        def decide(self):
            if not self.has_adopted:
                p, model = self.p, self.model
                said = [contact.has_adopted for contact in model.network.neighbors(self)]
                self.decides = model.random.random() < p.innovation + p.imitation * sum(said) / len(said)

    class TellingStakeholder(Stakeholder):
        def decide(self):
            p = self.p
            self.decides = self.model.random.random() < p.innovation + p.imitation * self.heard / len(self.contacts)

        def adopt(self):
            self.model.adopters += 1
            for contact in self.contacts:
                contact.heard += 1

    class WordOfMouth(agentpy.Model):
        def setup(self):
            self.adopters = 0
            kind = {"ask": Stakeholder, "space": StakeholderInNetwork, "tell": TellingStakeholder}[style]
            self.stakeholders = agentpy.AgentList(self, len(links), kind)
            if style == "space":
                self.network = agentpy.Network(self, graph_of(links))
                self.network.add_agents(self.stakeholders, self.network.nodes)
            else:
                everybody = list(self.stakeholders)
                for stakeholder, contacts in zip(everybody, links, strict=True):
                    stakeholder.contacts = [everybody[j] for j in contacts]

        def step(self):
            self.stakeholders.decide()
            if style == "tell":
                new = [stakeholder for stakeholder in self.stakeholders if stakeholder.decides]
                left = [stakeholder for stakeholder in self.stakeholders if not stakeholder.decides]
                agentpy.AgentList(self, new).adopt()
                self.stakeholders = agentpy.AgentList(self, left)
            else:
                self.stakeholders.adopt()

    model = WordOfMouth({name: settings[name] for name in ("innovation", "imitation")})
    model.sim_setup(steps=settings["periods"], seed=seed)

    def step() -> float:
        model.sim_step()
        return float(model.adopters / len(links))

    return step


if __name__ == "__main__":
    report_steps(build, "agentpy")
