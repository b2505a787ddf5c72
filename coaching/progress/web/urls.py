coach_urls: list = []
coachee_urls: list = []
